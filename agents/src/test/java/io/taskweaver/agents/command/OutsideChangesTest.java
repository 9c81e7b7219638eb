package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about an agent without a sandbox that did more than change its work tree. */
class OutsideChangesTest {
    @TempDir
    Path temporary;

    private ScriptedAgents agents;

    @BeforeEach
    void open() {
        agents = new ScriptedAgents(temporary);
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private String summary(String script) throws Exception {
        var outcome = agents.run(
                agents.agent(script, Map.of()),
                new Attempt("plan", "FR-1", 1),
                Optional.of(agents.code(Map.of("a.txt", "a\n"), "")));
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).summary();
    }

    @Test
    void nothing_is_said_about_one_that_did_not() throws Exception {
        assertThat(summary("echo x >x.txt; git add . && git commit -qm mine; git branch extra; cat a.txt"))
                .isEqualTo("mine");
    }

    @Test
    void files_beside_the_work_folder_and_remotes_are_named() throws Exception {
        assertThat(summary("echo x >../beside.txt; git remote add away https://me:secret@example.com/x.git; echo done"))
                .isEqualTo(
                        "done\nIt wrote beside its work folder: beside.txt.\n"
                                + "It added remotes to its work folder, and may have pushed to them: away (https://example.com/x.git).");
    }

    @Test
    void a_process_that_it_left_is_named_and_stopped() throws Exception {
        assertThat(summary("setsid nohup sleep 600 >/dev/null 2>&1 </dev/null & sleep 0.2; echo done"))
                .isEqualTo("done\nIt left processes running, which were stopped: sleep.");
    }
}
