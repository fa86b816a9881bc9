package cupel.reference.engine

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.structure.InputException
import spock.lang.Specification

class EngineSettingsSpec extends Specification {

    def "without changes the settings of #engine are the defaults, and every rung changes what it says and no more"() {
        given:
        def known = Engines.named(engine)
        def rungs = EngineSettings.of(known, null, engine).rungs()
        def ladder = known.defaults().get('ladder')

        expect:
        rungs.size() == 1 + ladder.size()
        rungs[0] == known.defaults().tap { remove('ladder') }
        (1..<rungs.size()).every { rungs[it] == rungs[it - 1].deepCopy().setAll(ladder[it - 1]) }

        where:
        engine << ['xtb', 'gpaw']
    }

    def "what a user changes holds for all rungs, unless a rung changes it again"() {
        given:
        def settings = of('{"cutoff": 400, "mixing_history": 7, "mixing": 0.2, "ladder": [{"mixing": 0.1}, {"mixing_history": 8}]}')

        expect:
        settings.rungs()*.get('cutoff')*.doubleValue() == [400d] * 3
        settings.rungs()*.get('mixing_history')*.intValue() == [7, 7, 8]
        settings.rungs()*.get('mixing')*.doubleValue() == [0.2d, 0.1d, 0.1d]
    }

    def "a ladder of the user replaces the whole ladder (#ladder)"() {
        expect:
        of("""{"ladder": $ladder}""").rungs()*.get('max_iterations')*.intValue() == iterations

        where:
        ladder                                               || iterations
        '[]'                                                 || [80]
        '[{}]'                                               || [80, 80]
        '[{"max_iterations": 100}, {"mixing": 0.01}]'        || [80, 100, 100]
    }

    def "refuses #changes"() {
        when:
        of(changes)

        then:
        def e = thrown(InputException)
        e.message.startsWith('mine.json: ')
        e.message.contains(message)

        where:
        changes                                      || message
        '{"cutof": 300}'                             || 'gpaw has no setting cutof; it has functional, cutoff, vacuum,'
        '{"cutof": 300}'                             || 'max_iterations and ladder'
        '[300]'                                      || 'must be a JSON object with settings of gpaw'
        '{"cutoff": "300"}'                          || 'cutoff: must be a number, such as 300.0, is "300"'
        '{"cutoff": null}'                           || 'cutoff: must be a number, such as 300.0, is null'
        '{"cutoff": [300]}'                          || 'cutoff: must be a number, such as 300.0, is [300]'
        '{"max_iterations": 10.5}'                   || 'max_iterations: must be a whole number, such as 80, is 10.5'
        '{"max_iterations": "many"}'                 || 'max_iterations: must be a whole number, such as 80, is "many"'
        '{"max_iterations": 3000000000}'             || 'max_iterations: must be a whole number, such as 80, is 3000000000'
        '{"max_iterations": 0}'                      || 'max_iterations: must be a whole number, at least 1, is 0'
        '{"functional": true}'                       || 'functional: must be text, such as "PBE", is true'
        '{"functional": " "}'                        || 'functional: must be text that is not empty, is " "'
        '{"cutoff": 0}'                              || 'cutoff: must be above 0, is 0'
        '{"vacuum": -1}'                             || 'vacuum: must be above 0, is -1'
        '{"cutoff": 1e999}'                          || 'cutoff: must be above 0, is'
        '{"spin": "up"}'                             || 'spin: must be parity, or the number of unpaired electrons of every structure, is "up"'
        '{"spin": -1}'                               || 'spin: must be parity, or the number'
        '{"spin": 0.5}'                              || 'spin: must be text, such as "parity", is 0.5'
        '{"ladder": {"mixing": 0.1}}'                || 'ladder: must be a list of objects with settings, is {"mixing":0.1}'
        '{"ladder": [0.1]}'                          || 'ladder, rung 2: must be a JSON object with settings, is 0.1'
        '{"ladder": [{}, {"mixin": 0.1}]}'           || 'ladder, rung 3: gpaw has no setting mixin'
        '{"ladder": [{"mixing": 0}]}'                || 'ladder, rung 2: mixing: must be above 0, is 0'
        '{"ladder": [{"mixing": 0.1, "ladder": []}]}' || 'ladder, rung 2: must hold settings, and no ladder of its own'
        '{"ladder": [{"cutoff": 200}]}'              || 'ladder, rung 2: must not change cutoff: it changes the energy'
        '{"ladder": [{"cutoff": 300}]}'              || 'ladder, rung 2: must not change cutoff'
        '{"ladder": [{}, {"spin": 1}]}'              || 'ladder, rung 3: must not change spin'
    }

    def "of #engine no rung may change the physics, and all of it is among the settings"() {
        given:
        def known = Engines.named(engine)

        expect:
        known.physics().every { known.defaults().has(it) }
        known.defaults().path('ladder').every { rung -> known.physics().every { !rung.has(it) } }
        known.physics().every { key ->
            try {
                EngineSettings.of(known, json("""{"ladder": [{"$key": 1}]}"""), 'x')
                false
            } catch (InputException e) {
                e.message.contains("must not change $key")
            }
        }

        where:
        engine << Engines.names().findAll { usable(it) }
    }

    def "all settings of #engine, written and read again, are the same"() {
        given:
        def known = Engines.named(engine)
        def settings = EngineSettings.of(known, null, 'x')
        def again = EngineSettings.of(known, settings.json(), 'y')

        expect:
        again.rungs() == settings.rungs()
        again.json() == settings.json()
        again.json().toPrettyString() == settings.json().toPrettyString()

        where: 'engines that can be used without settings of the user'
        engine << Engines.names().findAll { usable(it) }
    }

    def "xtb and gpaw can be used without settings of the user"() {
        expect:
        usable('xtb')
        usable('gpaw')
    }

    def "changed settings survive the round trip through text: #changes"() {
        given:
        def settings = of(changes)
        def again = of(settings.json().toPrettyString())

        expect:
        again.rungs() == settings.rungs()
        again.physics() == settings.physics()
        of(again.json().toPrettyString()).json().toPrettyString() == settings.json().toPrettyString()

        where:
        changes << ['{"cutoff": 400}', '{"ladder": []}', '{"ladder": [{}, {"mixing": 0.1}, {}]}', '{"spin": 1}',
                    '{"cutoff": 340.5, "ladder": [{"max_iterations": 81}, {"max_iterations": 80}]}',
                    '{"density_tolerance": 1e-7, "ladder": [{"mixing": 0.1}]}']
    }

    def "the physics is text in the order of the defaults, the same for equal numbers: #one and #other"() {
        expect:
        of(one).physics() == of(other).physics()
        of(one).physics().cutoff == cutoff
        of(one).physics().keySet() as List == ['functional', 'cutoff', 'vacuum', 'kpoint_density', 'smearing', 'spin',
                                               'density_tolerance', 'energy_tolerance']

        where:
        one                   | other                  || cutoff
        '{"cutoff": 300}'     | '{"cutoff": 300.0}'    || '300'
        '{"cutoff": 300}'     | '{}'                   || '300'
        '{"cutoff": 3e2}'     | '{"cutoff": 300.000}'  || '300'
        '{"cutoff": 340.50}'  | '{"cutoff": 340.5}'    || '340.5'
        '{"spin": "parity"}'  | '{}'                   || '300'
        '{"mixing": 0.3}'     | '{"ladder": []}'       || '300'
    }

    def "a setting that is off is not named"() {
        expect:
        !of('{"crystal_smearing": 0}').physics().containsKey('crystal_smearing')
        of('{"crystal_smearing": 0.20}').physics().crystal_smearing == '0.2'
    }

    def "another #key is another physics"() {
        expect:
        of("""{"$key": $value}""").physics() != of('{}').physics()

        where:
        key                 | value
        'functional'        | '"LDA"'
        'cutoff'            | '301'
        'vacuum'            | '5'
        'kpoint_density'    | '2.5'
        'smearing'          | '0.1'
        'crystal_smearing'  | '0.1'
        'spin'              | '1'
        'density_tolerance' | '1e-5'
        'energy_tolerance'  | '1e-5'
    }

    def "there is no engine of another name"() {
        when:
        Engines.named('gaussian')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "unknown engine: gaussian, must be one of ${Engines.names().join(', ')}"
        Engines.names().containsAll('xtb', 'gpaw')
    }

    private static boolean usable(String engine) {
        try {
            EngineSettings.of(Engines.named(engine), null, 'x')
            true
        } catch (InputException e) {
            false
        }
    }

    private static EngineSettings of(String changes) {
        EngineSettings.of(new Gpaw(), json(changes), 'mine.json')
    }

    private static JsonNode json(String text) {
        JsonMapper.builder().build().readTree(text)
    }
}
