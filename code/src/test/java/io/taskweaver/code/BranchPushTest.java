package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.CodeRemote;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an applied branch to a remote, for a pull request. */
class BranchPushTest {
    @TempDir
    private Path folder;

    private UserAndLine user;
    private Git bare;
    private RemoteRepository remote;

    @BeforeEach
    void apply() throws Exception {
        user = new UserAndLine(folder);
        var made = folder.resolve("bare.git");
        Git.in(folder).text("init", "--quiet", "--bare", "--initial-branch=trunk", made.toString());
        bare = Git.in(made);
        user.git.text("remote", "add", "origin", made.toString());
        user.git.text("push", "--quiet", "origin", "main", "main:trunk");
        remote = new RemoteRepository(new CodeRemote("origin", made.toString()), new RemoteAccess(Map.of()));
        user.start().merged("T1 one", Map.of("one.txt", "1\n"));
    }

    @AfterEach
    void close() {
        user.close();
    }

    private AppliedLine.Outcome.OnBranch applied() throws Exception {
        return (AppliedLine.Outcome.OnBranch) user.branch();
    }

    private BranchPush.Pushed push(Optional<String> into, boolean force) throws Exception {
        return BranchPush.push(user.repository(), remote, applied(), into, force);
    }

    private static String refusal(BranchPush.Pushed pushed) {
        return ((BranchPush.Pushed.Refused) pushed).refusal().reason();
    }

    @Test
    void it_is_made_for_the_branch_that_it_is_on_top_of_or_the_default_one() throws Exception {
        assertThat(push(Optional.empty(), false)).isEqualTo(new BranchPush.Pushed.There("taskweaver/shop", "main"));
        assertThat(bare.text("rev-parse", "taskweaver/shop")).isEqualTo(user.git.text("rev-parse", "taskweaver/shop"));
        bare.text("update-ref", "-d", "refs/heads/main");
        assertThat(push(Optional.empty(), false)).isEqualTo(new BranchPush.Pushed.There("taskweaver/shop", "trunk"));
        assertThat(push(Optional.of("trunk"), false)).isInstanceOf(BranchPush.Pushed.There.class);
        assertThat(refusal(push(Optional.of("none"), false))).contains("has no branch none");
        assertThat(user.git
                        .text("for-each-ref", "--format=%(refname)", "refs/remotes")
                        .lines())
                .containsExactlyInAnyOrder("refs/remotes/origin/main", "refs/remotes/origin/trunk");
    }

    @Test
    void an_applied_branch_that_was_made_again_replaces_its_own_and_not_the_work_of_others() throws Exception {
        push(Optional.empty(), false);
        user.write("more.txt", "more\n");
        user.commit("moved on");
        user.merged("T2 two", Map.of("two.txt", "2\n"));
        assertThat(push(Optional.empty(), false)).isInstanceOf(BranchPush.Pushed.There.class);

        var others =
                bare.text("commit-tree", "taskweaver/shop^{tree}", "-p", "taskweaver/shop", "-m", "of a colleague");
        bare.text("update-ref", "refs/heads/taskweaver/shop", others);
        assertThat(refusal(push(Optional.empty(), false))).contains("not where an apply left it");
        assertThat(bare.text("rev-parse", "taskweaver/shop")).isEqualTo(others);
        assertThat(push(Optional.empty(), true)).isInstanceOf(BranchPush.Pushed.There.class);
        assertThat(bare.text("rev-parse", "taskweaver/shop")).isNotEqualTo(others);
    }

    @Test
    void branches_of_agents_below_its_name_are_not_in_the_way() throws Exception {
        bare.text("update-ref", "refs/heads/taskweaver/shop/T1/1", "refs/heads/main");
        assertThat(push(Optional.empty(), false))
                .isEqualTo(new BranchPush.Pushed.There("taskweaver/shop-result", "main"));
        bare.text("update-ref", "-d", "refs/heads/taskweaver/shop/T1/1");
        assertThat(push(Optional.empty(), false))
                .as("the same again")
                .isEqualTo(new BranchPush.Pushed.There("taskweaver/shop-result", "main"));
    }

    @Test
    void its_commits_are_told_with_their_tasks_and_without_trailers() throws Exception {
        user.merged("T2 two", Map.of("two.txt", "2\n"));

        assertThat(BranchPush.commits(user.repository(), applied()))
                .containsExactly(
                        new BranchPush.Commit("T1 one", "Done as asked.", Optional.of("T1")),
                        new BranchPush.Commit("T2 two", "Done as asked.", Optional.of("T2")));
    }

    @Test
    void commits_of_others_are_not_told_where_those_of_the_plan_became_one() throws Exception {
        user.merged("T2 two", Map.of("two.txt", "2\n")).merged("T3 three", Map.of("three.txt", "3\n"));
        var made = (AppliedLine.Outcome.OnBranch)
                user.branch(new LineApply.Options(Optional.empty(), Optional.empty(), true, false));

        assertThat(BranchPush.commits(user.repository(), made))
                .containsExactly(new BranchPush.Commit(
                        "Result of plan shop", "* T1 one\n* T2 two\n* T3 three", Optional.empty()));
    }

    @Test
    void a_failure_is_a_sentence() throws Exception {
        var nowhere = new RemoteRepository(
                new CodeRemote("origin", folder.resolve("none.git").toString()), new RemoteAccess(Map.of()));
        assertThatThrownBy(() -> BranchPush.push(user.repository(), nowhere, applied(), Optional.empty(), false))
                .isInstanceOf(RemoteException.class)
                .hasMessageStartingWith("The look at origin (")
                .hasMessageEndingWith(".");
    }
}
