package io.taskweaver.cli;

/** What is said about the sandbox of an attempt. */
final class SandboxText {
    private static final String NONE = "none: ";

    private SandboxText() {}

    /** Whether an executor says that there is none. */
    static boolean isNone(String sandbox) {
        return sandbox.startsWith(NONE);
    }

    /** @param sandbox as an executor names it */
    static String sentence(String sandbox) {
        return isNone(sandbox)
                ? "No sandbox (" + sandbox.substring(NONE.length())
                        + "): commands of agents and of the plan run with all rights of their user. See docs/agents.md."
                : "Sandbox: " + sandbox
                        + ". Commands of agents and of the plan can write only to their work tree, what the agent's file"
                        + " names and downloads of build tools. The rest of your home is hidden, but for tools and their"
                        + " settings. See docs/agents.md.";
    }
}
