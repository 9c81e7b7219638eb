package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import io.taskweaver.code.CodeRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private Path users;
    private ScriptedAgents agents;

    @BeforeEach
    void repository() throws Exception {
        agents = new ScriptedAgents(temporary.resolve("data"));
        users = Files.createDirectories(temporary.resolve("project"));
        git("init", "--quiet", "--initial-branch=main");
        Files.writeString(users.resolve("a.txt"), "a\n");
        git("add", "a.txt");
        git("commit", "--quiet", "-m", "first");
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private void git(String... arguments) throws Exception {
        var command = new ArrayList<>(
                List.of("git", "-c", "user.name=Me", "-c", "user.email=me@example.com", "-C", users.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Code in a repository of ours that borrows the user's objects. */
    private AgentCode code(CodeRepository line) throws Exception {
        var tree = line.emptyTree();
        return new AgentCode(line, line.commit(tree, List.of(), "Nothing", java.time.Instant.EPOCH), tree, "");
    }

    private String summary(String script) throws Exception {
        try (var line = CodeRepository.open(temporary.resolve("line"))) {
            Files.writeString(line.folder().resolve("objects/info/alternates"), users.resolve(".git/objects") + "\n");
            var outcome = agents.run(
                    agents.agent(script, Map.of("USERS", users.toString())),
                    new Attempt("plan", "FR-1", 1),
                    Optional.of(code(line)));
            assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
            return ((Outcome.Succeeded) outcome).summary();
        }
    }

    @Test
    void nothing_is_said_about_one_that_did_not() throws Exception {
        assertThat(
                        summary(
                                "echo x >x.txt; git add . && git commit -qm mine; git branch extra; cat $USERS/a.txt; touch $USERS/a-person-works.txt"))
                .isEqualTo("a");
    }

    @Test
    void a_repository_of_the_user_that_changed_is_named() throws Exception {
        assertThat(
                        summary(
                                "git -C $USERS checkout -q -b sneaky && git -C $USERS -c user.name=A -c user.email=a@b commit -q --allow-empty -m x; echo done"))
                .startsWith("done\nWhile it ran, the repository " + users + " changed: ")
                .contains("HEAD is branch sneaky, and was branch main", "branch sneaky is new")
                .doesNotContain("branch main moved");
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
