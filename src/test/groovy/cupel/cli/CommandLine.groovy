package cupel.cli

/** A tool run in this process: what it returned and printed. */
class CommandLine {

    final int code
    final String out
    final String err

    private CommandLine(int code, String out, String err) {
        this.code = code
        this.out = out
        this.err = err
    }

    static CommandLine run(Tool tool, Object... words) {
        def out = new ByteArrayOutputStream()
        def err = new ByteArrayOutputStream()
        int code = tool.run(words*.toString() as String[], new PrintStream(out), new PrintStream(err))
        new CommandLine(code, out.toString(), err.toString())
    }

    @Override
    String toString() {
        "exit code $code\n$out$err"
    }
}
