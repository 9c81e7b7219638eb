package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.code.Git;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.prompts.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attempts of an agent that works on a repository elsewhere. */
class RemoteAttemptTest {
    private static final Attempt FIRST = Some.attempt(1);
    private static final Attempt SECOND = Some.attempt(2);

    @TempDir
    private Path folder;

    private final World world = new World();
    private Path bare;
    private Path away;

    @BeforeEach
    void repository() throws Exception {
        bare = folder.resolve("bare.git");
        away = folder.resolve("away.git");
        Git.in(folder).text("init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
    }

    private World.Host executor() {
        var executor = world.executor("e1", -1);
        executor.remote = Optional.of(this::work);
        return executor;
    }

    /** Adds a file on top of the branch that was pushed. */
    private String work(Delivery.OnRemote place) {
        try {
            var git = Git.in(bare);
            var blob = new String(git.piped("new\n".getBytes(), "hash-object", "-w", "--stdin")).strip();
            var files = git.text("ls-tree", place.branch()) + "\n100644 blob " + blob + "\tz.txt\n";
            var tree = new String(git.piped(files.getBytes(), "mktree")).strip();
            git.text(
                    "update-ref",
                    "refs/heads/of-agent",
                    git.text("commit-tree", tree, "-p", place.branch(), "-m", "x"));
            return "of-agent";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private IssuedAttempt ready(Attempt attempt) {
        var ready = Some.ready(attempt, false);
        var event = ready.event();
        var issued = new TaskReady(
                event.meta(),
                event.task(),
                event.attempt(),
                event.agent(),
                event.timeout(),
                event.urgency(),
                event.feedback(),
                event.reissued(),
                event.verify(),
                event.ticket(),
                event.preparation(),
                event.sandboxed(),
                Optional.of(new CodeRemote("origin", bare.toString())),
                event.rejected());
        return new IssuedAttempt(issued, false, ready.trace(), 0, 0);
    }

    private TaskFailed failed() {
        assertThat(world.published.getLast()).isInstanceOf(TaskFailed.class);
        return (TaskFailed) world.published.getLast();
    }

    @Test
    void the_head_is_pushed_before_the_run_is_created_and_the_branch_of_the_run_is_the_result() throws Exception {
        executor().run(ready(FIRST));

        assertThat(world.published).singleElement().isInstanceOfSatisfying(TaskCompleted.class, completed -> {
            var code = completed.code().orElseThrow();
            assertThat(code.parent()).isEqualTo(SomeCode.head(1));
            assertThat(code.changes()).extracting(EntryChange::path).containsExactly("z.txt");
        });
        assertThat(Git.in(bare).text("rev-parse", "taskweaver/shop/" + FIRST.task() + "-1"))
                .isEqualTo(SomeCode.head(1));
    }

    @Test
    void a_remote_that_is_gone_costs_no_run() throws Exception {
        Files.move(bare, away);

        executor().run(ready(FIRST));

        assertThat(failed().failure()).isEqualTo(Failure.REMOTE_FAILED);
        assertThat(failed().runGoesOn()).isFalse();
        assertThat(failed().hint().orElseThrow()).contains("git remote -v", "resume the plan");
        assertThat(world.runsOf(FIRST)).isZero();
    }

    @Test
    void a_branch_that_cannot_be_fetched_is_fetched_by_the_next_attempt_without_another_run() throws Exception {
        var executor = executor();
        executor.remote = Optional.of(place -> {
            var branch = work(place);
            assertThat(bare.toFile().renameTo(away.toFile())).isTrue();
            return branch;
        });

        executor.run(ready(FIRST));

        assertThat(failed().failure()).isEqualTo(Failure.REMOTE_FAILED);
        assertThat(failed().runGoesOn()).isTrue();
        assertThat(failed().reason()).contains("not paid for again");
        Files.move(away, bare);
        executor.run(ready(SECOND));
        assertThat(world.published.getLast()).isInstanceOf(TaskCompleted.class);
        assertThat(world.runsOf(FIRST)).isEqualTo(1);
        assertThat(world.runsOf(SECOND)).isZero();
    }

    @Test
    void a_repository_that_the_owner_did_not_name_is_not_pushed_to() throws Exception {
        var executor = executor();
        executor.permissions = new Permissions(
                true, true, false, Sandbox.none("not in this test"), List.of("https://github.com/acme/"));

        executor.run(ready(FIRST));

        assertThat(failed().failure()).isEqualTo(Failure.NOT_ALLOWED);
        assertThat(Git.in(bare).text("for-each-ref")).isEmpty();
        assertThat(world.runsOf(FIRST)).isZero();
    }
}
