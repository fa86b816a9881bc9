package cupel.cli

import spock.lang.Specification

/**
 * docs/tools.md shows the help of every tool, between a comment that names it and the end of the block. After a change of
 * options: mvn test -Dtest=ToolsPageSpec -Dupdate.docs
 */
class ToolsPageSpec extends Specification {

    static final PAGE = new File('docs/tools.md')
    static final BLOCK = ~/(?s)<!-- help: ([a-z -]+) -->\n```text\n(.*?)```/

    static final Map<String, Tool> TOOLS = [Featurize.TOOL, Train.TOOL, Sample.TOOL, Label.TOOL, Compare.TOOL]
        .collectMany { withSubcommands(it) }
        .collectEntries { [it.name(), it] }

    static List<Tool> withSubcommands(Tool tool) {
        [tool] + tool.subcommands().collectMany { withSubcommands(it) }
    }

    static String updated(String page) {
        page.replaceAll(BLOCK) { all, name, text ->
            "<!-- help: $name -->\n```text\n${TOOLS[name]?.help() ?: text}```"
        }
    }

    def setupSpec() {
        if (System.getProperty('update.docs') != null) {
            PAGE.text = updated(PAGE.text)
        }
    }

    def "the page shows every tool once, and no other"() {
        expect:
        (PAGE.text =~ BLOCK).collect { it[1] }.sort() == TOOLS.keySet().sort()
    }

    def "the page says of #name what --help says"() {
        expect:
        (PAGE.text =~ BLOCK).find { it[1] == name }[2] == CommandLine.run(TOOLS[name], '--help').out

        where:
        name << TOOLS.keySet().toList()
    }

    def "every option of #name has a description and a unit or kind"() {
        expect:
        TOOLS[name].options().every { it.description().size() > 5 && (it.argument() || it.kind() == Tool.Kind.FLAG) }
        TOOLS[name].options().every { it.name() ==~ /[a-z]+(-[a-z]+)*/ }
        TOOLS[name].purpose().endsWith('.')

        where:
        name << TOOLS.keySet().toList()
    }
}
