package cupel.sampling;

/** Puts clusters around the origin: where a cluster floats means nothing, and small numbers read better. */
final class Centring {

    private Centring() {}

    /** The positions minus their mean, in place; the same array. */
    static double[] centred(double[] positions) {
        int n = positions.length / 3;
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            for (int i = axis; i < positions.length; i += 3) {
                sum += positions[i];
            }
            double mean = sum / n;
            for (int i = axis; i < positions.length; i += 3) {
                positions[i] -= mean;
            }
        }
        return positions;
    }
}
