package io.taskweaver.agents.command;

/** Whether commands of agents and of plans run in a sandbox. */
public enum SandboxMode {
    /** Where it works. */
    AUTO,
    /** They do not run without. */
    ON,
    /** Not at all. */
    OFF
}
