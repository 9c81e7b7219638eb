package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the line of a plan to a bare repository, to an agent's clone, and back. */
class RemoteResultTest {
    private static final Instant AT = Instant.ofEpochSecond(1_800_000_000);
    private static final PlanId PLAN = UserAndLine.PLAN;
    private static final String BRANCH = RemoteBranches.ofAttempt(PLAN, "T1", 1);

    @TempDir
    private Path folder;

    private UserAndLine user;
    private Path bare;
    private RemoteRepository remote;
    private Git agent;
    private Path clone;

    @BeforeEach
    void push() throws Exception {
        user = new UserAndLine(folder);
        user.write("CHANGES", "-\n");
        user.commit("second");
        bare = folder.resolve("bare.git");
        Git.in(folder).text("init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        user.git.text("remote", "add", "origin", bare.toString());
        user.git.text("push", "--quiet", "origin", "main");
        remote = new RemoteRepository(
                new CodeRemote(
                        "origin",
                        RemoteBranches.address(user.repository(), "origin").orElseThrow()),
                new RemoteAccess(Map.of()));
        user.start();
        RemoteBranches.pushBase(remote, user.repository(), user.code(), PLAN, user.base());
        user.merged("T0 before", Map.of("before.txt", "before\n"));
        RemoteBranches.pushStart(remote, user.code(), user.head(), BRANCH);
        clone = folder.resolve("clone");
        Git.in(folder).text("clone", "--quiet", "--branch", BRANCH, bare.toString(), clone.toString());
        agent = Git.in(clone);
    }

    @AfterEach
    void close() {
        user.close();
    }

    private void commit(String path, String text) throws IOException, InterruptedException {
        var file = clone.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        agent.text("add", "--all");
        agent.text("commit", "--quiet", "--message", "of the agent");
    }

    private RemoteResult.Taken take(String... branches) throws Exception {
        return take(List.of(branches).stream()
                .map(name -> new AgentBranch(Optional.of(name), Optional.empty()))
                .toList());
    }

    private RemoteResult.Taken take(List<AgentBranch> branches) throws Exception {
        return RemoteResult.take(
                remote,
                user.code(),
                new RemoteResult.Start(
                        user.head(), user.head(), List.of(RemoteBranches.ofAttempt(PLAN, "T1", 2), BRANCH)),
                branches,
                new RemoteResult.Rules("", Optional.empty(), 1_000_000, "Result", AT));
    }

    private CodeResult result(String... branches) throws Exception {
        assertThat(take(branches)).isInstanceOf(RemoteResult.Taken.Result.class);
        return ((RemoteResult.Taken.Result) take(branches)).code();
    }

    private static String refusal(RemoteResult.Taken taken) {
        assertThat(taken).isInstanceOf(RemoteResult.Taken.Refused.class);
        return ((RemoteResult.Taken.Refused) taken).reason();
    }

    @Test
    void the_remote_gets_the_users_history_and_the_line_on_top_of_it_and_nothing_else() throws Exception {
        assertThat(agent.text("log", "--format=%s", "origin/" + BRANCH).lines())
                .first()
                .isEqualTo("T0 before");
        assertThat(agent.text("log", "--format=%s", "origin/" + BRANCH).lines()).endsWith("second", "first");
        assertThat(agent.text("for-each-ref", "--format=%(refname:lstrip=3)", "refs/remotes")
                        .lines())
                .containsExactlyInAnyOrder("HEAD", "main", "taskweaver/shop/base", BRANCH);
        assertThat(user.git.text("for-each-ref", "--format=%(refname)").lines())
                .containsExactlyInAnyOrder("refs/heads/main", "refs/remotes/origin/main");
        assertThat(user.fsck()).startsWith("0");
    }

    @Test
    void what_the_agent_commits_is_the_result_with_modes_links_bytes_and_deletions() throws Exception {
        Files.createSymbolicLink(clone.resolve("link"), Path.of("a.txt"));
        Files.createSymbolicLink(clone.resolve("out"), Path.of("/etc/passwd"));
        Files.write(clone.resolve("data.bin"), new byte[] {0, 1, -1});
        Files.delete(clone.resolve("src/b.txt"));
        commit("new/tool.sh", "echo\n");
        agent.text("update-index", "--chmod=+x", "new/tool.sh");
        agent.text("commit", "--quiet", "--message", "mode");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/codegen/t1");

        var result = result("codegen/t1");

        assertThat(result.parent()).isEqualTo(user.head());
        assertThat(result.changes())
                .extracting(EntryChange::path)
                .containsExactly("data.bin", "link", "new/tool.sh", "src/b.txt");
        assertThat(result.leftOut()).singleElement().asString().startsWith("out (a symbolic link");
        assertThat(result("codegen/t1")).as("taken again").isEqualTo(result);
        assertThat(user.code()
                        .git()
                        .run(List.of("fsck", "--strict"), new byte[0])
                        .code())
                .isZero();
        assertThat(user.code().parentOf(result.commit())).contains(user.head());
    }

    @Test
    void a_branch_without_a_change_is_a_result_without_one() throws Exception {
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/nothing");

        assertThat(result("nothing").changes()).isEmpty();
    }

    @Test
    void a_branch_that_is_no_work_of_the_agent_is_refused() throws Exception {
        assertThat(refusal(take("main"))).contains("no commits of its own");
    }

    @Test
    void work_on_an_older_commit_of_the_line_is_a_difference_to_that() throws Exception {
        agent.text("checkout", "--quiet", "--detach", user.base());
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/old");

        assertThat(result("old").parent()).isEqualTo(user.base());
        assertThat(result("old").changes()).extracting(EntryChange::path).containsExactly("x.txt");
    }

    @Test
    void work_that_is_based_on_something_else_is_refused_with_what_to_do() throws Exception {
        agent.text("checkout", "--quiet", "--orphan", "own");
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/own");

        assertThat(refusal(take("own")))
                .contains(
                        "is not based on branch " + BRANCH,
                        "nor on an earlier commit of the plan",
                        "Start from that branch");
    }

    @Test
    void an_older_commit_of_the_user_is_not_on_the_line() throws Exception {
        agent.text("checkout", "--quiet", "--detach", user.base() + "~1");
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/own");

        assertThat(refusal(take("own"))).contains("is not based on branch");
    }

    @Test
    void what_others_pushed_meanwhile_does_not_come_along() throws Exception {
        user.write("others.txt", "of others\n");
        user.commit("of others");
        user.git.text("push", "--quiet", "origin", "main");
        agent.text("fetch", "--quiet", "origin");
        agent.text("checkout", "--quiet", "--detach", "origin/main");
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/newer");
        agent.text("checkout", "--quiet", "--detach", "origin/" + BRANCH);
        commit("y.txt", "y\n");
        agent.text("merge", "--quiet", "--no-edit", "origin/main");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/merged");

        for (var branch : List.of("newer", "merged", "main"))
            assertThat(refusal(take(branch)))
                    .contains("commits of the default branch that are not part of the plan's code");

        // Also where these are not the last that others pushed.
        user.write("others.txt", "more of others\n");
        user.commit("more of others");
        user.git.text("push", "--quiet", "origin", "main");
        for (var branch : List.of("newer", "merged"))
            assertThat(refusal(take(branch)))
                    .contains("commits of the default branch that are not part of the plan's code");
    }

    @Test
    void a_branch_that_is_not_there_is_refused_and_one_of_several_has_to_contain_the_others() throws Exception {
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/one");
        commit("y.txt", "y\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/two");
        agent.text("checkout", "--quiet", "--detach", "origin/" + BRANCH);
        commit("z.txt", "z\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/three");

        assertThat(refusal(take("lost"))).contains("branch lost", bare.toString());
        assertThat(refusal(take("a b"))).contains("invalid branch name");
        assertThat(result("one", "two").changes()).extracting(EntryChange::path).containsExactly("x.txt", "y.txt");
        assertThat(refusal(take("two", "three"))).contains("none of which contains the others");
    }

    @Test
    void a_pull_request_is_found_by_its_number_and_one_that_was_merged_by_its_base() throws Exception {
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/pull/7/head");
        var numbered = List.of(new AgentBranch(Optional.of("main"), Optional.of("7")));
        assertThat(((RemoteResult.Taken.Result) take(numbered)).code().changes())
                .extracting(EntryChange::path)
                .containsExactly("x.txt");

        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/" + BRANCH);
        assertThat(result("gone").changes()).extracting(EntryChange::path).containsExactly("x.txt");
    }

    @Test
    void requests_of_other_repositories_are_not_looked_for_here() {
        var request = new AgentBranch(Optional.empty(), Optional.of("https://github.com/Acme/shop/pull/12"));

        assertThat(request.requestOf("https://github.com/acme/shop.git")).contains(12L);
        assertThat(request.requestOf("git@github.com:acme/shop.git")).contains(12L);
        assertThat(request.requestOf("ssh://git@github.com/acme/shop")).contains(12L);
        assertThat(request.requestOf("https://github.com/acme/shop2.git")).isEmpty();
        assertThat(new AgentBranch(Optional.empty(), Optional.of("https://gitlab.com/a/b/c/-/merge_requests/3"))
                        .requestOf("https://gitlab.com/a/b/c.git"))
                .contains(3L);
    }

    @Test
    void too_much_is_refused_before_it_is_taken_up() throws Exception {
        var bytes = new byte[2_000_000];
        new java.util.Random(1).nextBytes(bytes);
        Files.write(clone.resolve("big.bin"), bytes);
        commit("x.txt", "x\n");
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/big");

        assertThat(refusal(take("big"))).contains("too large", "1000000");
        assertThat(user.code().has(agent.text("rev-parse", "HEAD:big.bin"))).isFalse();
    }

    @Test
    void a_remote_that_is_gone_says_so_in_one_line_and_what_to_do() throws Exception {
        WorkFolders.delete(bare);

        assertThatThrownBy(() -> take("x")).isInstanceOfSatisfying(RemoteException.class, e -> {
            assertThat(e.reason()).isEqualTo(RemoteException.Cause.MISSING);
            assertThat(e.getMessage()).contains("origin", bare.toString()).doesNotContain("\n");
            assertThat(e.remedy()).contains("git remote -v");
        });
    }

    @Test
    void a_hook_of_the_remote_that_declines_is_named() throws Exception {
        var hook = Files.createDirectories(bare.resolve("hooks")).resolve("pre-receive");
        Files.writeString(hook, "#!/bin/sh\necho 'not here' >&2\nexit 1\n");
        hook.toFile().setExecutable(true);

        assertThatThrownBy(() -> RemoteBranches.pushStart(remote, user.code(), user.head(), "taskweaver/shop/T2-1"))
                .isInstanceOfSatisfying(RemoteException.class, e -> {
                    assertThat(e.reason()).isEqualTo(RemoteException.Cause.REJECTED);
                    assertThat(e.getMessage()).contains("not here");
                });
    }

    @Test
    void branches_of_the_plan_are_removed_and_others_stay() throws Exception {
        agent.text("push", "--quiet", "origin", "HEAD:refs/heads/taskweaver/shop/T1/agent", "HEAD:refs/heads/mine");
        RemoteBranches.pushStart(remote, user.code(), user.head(), RemoteBranches.ofAttempt(PLAN, "a b~c", 12));

        assertThat(RemoteBranches.remove(remote, user.user, PLAN, List.of("T1", "a b~c")))
                .hasSize(3);

        assertThat(Git.in(bare)
                        .text("for-each-ref", "--format=%(refname:lstrip=2)")
                        .lines())
                .containsExactlyInAnyOrder("main", "mine", "taskweaver/shop/T1/agent");
    }

    @Test
    void no_hook_of_the_user_runs_and_no_uncommitted_work_is_hidden() throws Exception {
        var hook = user.user.resolve(".git/hooks/pre-push");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\ntouch ran\nexit 1\n");
        hook.toFile().setExecutable(true);

        RemoteBranches.pushBase(remote, user.repository(), user.code(), PLAN, user.base());

        assertThat(user.user.resolve("ran")).doesNotExist();
        assertThat(RemoteBranches.isUncommitted(user.repository(), user.base())).isFalse();
        user.write("a.txt", "changed\n");
        user.start();
        assertThat(RemoteBranches.isUncommitted(user.repository(), user.base())).isTrue();
        RemoteBranches.pushBase(remote, user.repository(), user.code(), PLAN, user.base());
        assertThat(Git.in(bare).text("show", "taskweaver/shop/base:a.txt")).isEqualTo("changed");
        assertThat(Git.in(bare)
                        .text("log", "--format=%s", "taskweaver/shop/base")
                        .lines())
                .containsExactly(CodeSnapshot.MESSAGE, "second", "first");
    }
}
