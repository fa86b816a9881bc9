package cupel.reference;

import cupel.potential.EnergyModel;

/** A built-in model that labels structures: its energies are a level of theory of their own, with a name. */
public interface ReferenceModel extends EnergyModel {

    /** The name by which {@link Models#named} knows the model, such as {@code gupta}. */
    String engine();

    /** One token that tells the model and its parameters: labels of different levels never mix in one pool. */
    String level();
}
