package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.code.AppliedLine.Outcome;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The result of a plan in the repository of a user, with the user's own git. */
class LineApplyTest {
    private static final String BRANCH = "taskweaver/shop";
    private static final String CLEAN = "0";

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    private static LineApply.Options on(String branch) {
        return new LineApply.Options(Optional.of(branch), Optional.empty(), false, false);
    }

    private static LineApply.Options onto(String reference) {
        return new LineApply.Options(Optional.empty(), Optional.of(reference), false, false);
    }

    private static Outcome.OnBranch branched(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.OnBranch.class);
        return (Outcome.OnBranch) outcome;
    }

    private static String refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        var refusal = ((Outcome.Refused) outcome).refusal();
        assertThat(refusal.remedy()).isNotBlank();
        return refusal.reason();
    }

    @Test
    void a_branch_holds_the_commits_of_the_line_and_nothing_else_changes() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"))
                    .merged("T2 Pay", Map.of("a.txt", "one\ntwo\nthree\nfour\n"));
            var before = story.state();

            var outcome = branched(story.branch());

            assertThat(outcome.commit()).isEqualTo(story.head());
            assertThat(outcome.line().commits()).isEqualTo(2);
            assertThat(outcome.line().onto()).isEqualTo("main");
            assertThat(story.git.text("rev-parse", BRANCH)).isEqualTo(story.head());
            assertThat(story.git.text("log", "--format=%an %ae %at %s", "main.." + BRANCH))
                    .isEqualTo("TaskWeaver taskweaver@localhost 1800000001 T2 Pay\n"
                            + "TaskWeaver taskweaver@localhost 1800000000 T1 Cart");
            assertThat(story.fsck()).isEqualTo(CLEAN);
            var after = story.state();
            after.remove(".git/refs/heads/" + BRANCH);
            after.remove(".git/logs/refs/heads/" + BRANCH);
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void work_that_was_not_committed_is_the_first_commit_of_the_branch() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("a.txt", "one\ntwo\nthree!\n");
            story.write("new.txt", "new\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));

            var outcome = branched(story.branch());

            assertThat(outcome.commit()).isEqualTo(story.head());
            assertThat(outcome.line().work()).isEqualTo(1);
            assertThat(outcome.line().commits()).isEqualTo(1);
            assertThat(story.git.text("log", "--format=%s", "main.." + BRANCH)).isEqualTo("T1 Cart\nThe code as it is");
            assertThat(story.git.text("status", "--porcelain")).isEqualTo("M a.txt\n?? new.txt");
            assertThat(story.fsck()).isEqualTo(CLEAN);
        }
    }

    @Test
    void work_that_was_committed_since_is_not_written_again() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("new.txt", "new\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            story.commit("my work");

            var outcome = branched(story.branch());

            assertThat(outcome.line().work()).isZero();
            assertThat(outcome.line().present()).containsExactly("The code as it is");
            assertThat(story.git.text("log", "--format=%s", BRANCH)).isEqualTo("T1 Cart\nmy work\nfirst");
        }
    }

    @Test
    void what_does_not_fit_is_left_out_with_what_needs_it() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("a.txt", "one\nTWO\nthree\n", "src/cart.txt", "cart\n"))
                    .merged("T2 Pay", Map.of("src/pay.txt", "pay\n"))
                    .merged("T3 More", Map.of("src/cart.txt", "cart\nmore\n"));
            story.write("a.txt", "one\n2\nthree\n");
            story.commit("mine");

            var outcome = branched(story.branch());

            assertThat(outcome.line().unfit())
                    .containsExactly(
                            new AppliedLine.Unfit("T1 Cart", List.of("a.txt"), List.of()),
                            new AppliedLine.Unfit("T3 More", List.of("src/cart.txt"), List.of("T1 Cart")));
            assertThat(story.git.text("log", "--format=%at %s", "main.." + BRANCH))
                    .isEqualTo("1800000001 T2 Pay");
            assertThat(story.git.text("diff", "--name-only", "main", BRANCH)).isEqualTo("src/pay.txt");
            assertThat(story.fsck()).isEqualTo(CLEAN);
        }
    }

    @Test
    void additions_beside_a_line_that_was_changed_fit() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("index.js", "export * from './a';\n");
            story.write("CHANGELOG.md", "# Changes\n\n- a\n\n## 1.0\n");
            story.commit("barrel");
            story.start()
                    .merged(
                            "T1 Cart",
                            Map.of(
                                    "index.js", "export * from './a';\nexport * from './cart';\n",
                                    "CHANGELOG.md", "# Changes\n\n- a\n- cart\n\n## 1.0\n"))
                    .merged(
                            "T2 Pay",
                            Map.of(
                                    "index.js",
                                    "export * from './a';\nexport * from './cart';\nexport * from './pay';\n",
                                    "CHANGELOG.md",
                                    "# Changes\n\n- a\n- cart\n- pay\n\n## 1.0\n"));
            story.write("index.js", "export * from './a.js';\n");
            story.write("CHANGELOG.md", "# Changes\n\n- a, better\n\n## 1.0\n");
            story.commit("mine");

            var outcome = branched(story.branch());

            assertThat(outcome.line().unfit()).isEmpty();
            assertThat(outcome.line().united())
                    .containsOnly(Map.entry("index.js", "neighbours"), Map.entry("CHANGELOG.md", "neighbours"));
            assertThat(story.git.text("show", BRANCH + ":index.js"))
                    .isEqualTo("export * from './a.js';\nexport * from './cart';\nexport * from './pay';");
            assertThat(story.git.text("show", BRANCH + ":CHANGELOG.md"))
                    .isEqualTo("# Changes\n\n- a, better\n- cart\n- pay\n\n## 1.0");
        }
    }

    @Test
    void what_keeps_the_branch_from_being_merged_is_known() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("a.txt", "one\ntwo\nthree!\n");
            story.write("new.txt", "new\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            var options = LineApply.Options.USUAL;

            assertThat(branched(story.branch(options)).uncommitted())
                    .contains(new AppliedLine.Uncommitted(List.of("a.txt", "new.txt"), true));
            assertThat(story.git
                            .run(List.of("merge", "--quiet", BRANCH), new byte[0])
                            .code())
                    .isNotZero();

            story.write("a.txt", "one\ntwo\nfour\n");
            assertThat(branched(story.branch(options)).uncommitted())
                    .contains(new AppliedLine.Uncommitted(List.of("a.txt", "new.txt"), false));
            story.write("a.txt", "one\ntwo\nthree!\n");
            story.git.text("stash", "--include-untracked", "--quiet");
            story.write("other.txt", "not in the way\n");
            assertThat(branched(story.branch(options)).uncommitted()).isEmpty();
            story.git.text("merge", "--quiet", BRANCH);
        }
    }

    @Test
    void a_branch_that_cannot_be_written_is_refused_before_there_is_a_result() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            var user = story.repository();
            var usual = LineApply.Options.USUAL;
            assertThat(LineApply.refusal(user, UserAndLine.PLAN, usual)).isEmpty();
            story.git.text("branch", BRANCH);
            assertThat(LineApply.refusal(user, UserAndLine.PLAN, usual)
                            .orElseThrow()
                            .reason())
                    .contains("A branch " + BRANCH + " exists");
            story.git.text("branch", "--move", BRANCH, "taskweaver");
            assertThat(LineApply.refusal(user, UserAndLine.PLAN, usual)
                            .orElseThrow()
                            .reason())
                    .contains("There is a branch taskweaver");
            story.git.text("branch", "--delete", "taskweaver");
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            branched(story.branch());
            assertThat(LineApply.refusal(user, UserAndLine.PLAN, usual))
                    .as("ours")
                    .isEmpty();
            story.git.text("checkout", "--quiet", BRANCH);
            assertThat(LineApply.refusal(user, UserAndLine.PLAN, usual)
                            .orElseThrow()
                            .reason())
                    .contains("is checked out in");
        }
    }

    @Test
    void nothing_is_written_if_nothing_fits() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("a.txt", "one\nTWO\nthree\n"));
            story.write("a.txt", "one\n2\nthree\n");
            story.commit("mine");
            var before = story.state();

            assertThat(story.branch()).isInstanceOf(Outcome.Nothing.class);

            assertThat(story.state()).isEqualTo(before);
        }
    }

    @Test
    void an_earlier_result_is_replaced_and_the_work_of_others_is_not() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            branched(story.branch());
            story.write("c.txt", "c\n");
            story.commit("mine");
            branched(story.branch());
            story.merged("T2 Pay", Map.of("src/pay.txt", "pay\n"));
            var again = branched(story.branch());
            assertThat(story.git.text("log", "--format=%s", "main.." + BRANCH)).isEqualTo("T2 Pay\nT1 Cart");
            assertThat(branched(story.branch()).before()).contains(again.commit());

            story.git.text("update-ref", "refs/heads/" + BRANCH, "main");
            assertThat(refusal(story.branch())).contains("A branch taskweaver/shop exists");
            assertThat(story.git.text("rev-parse", BRANCH)).isEqualTo(story.git.text("rev-parse", "main"));
            branched(story.branch(new LineApply.Options(Optional.empty(), Optional.empty(), false, true)));
            assertThat(story.git.text("rev-parse", BRANCH)).isEqualTo(again.commit());
        }
    }

    @Test
    void a_result_that_fitted_is_not_replaced_by_one_that_lacks_some_of_it() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("a.txt", "one\nTWO\nthree\n"))
                    .merged("T2 Pay", Map.of("src/pay.txt", "pay\n"));
            var good = branched(story.branch());
            story.write("a.txt", "one\n2\nthree\n");
            story.commit("mine");

            assertThat(refusal(story.branch())).contains("not all of its commits fit on main any more: T1 Cart");
            assertThat(story.git.text("rev-parse", BRANCH)).isEqualTo(good.commit());

            branched(story.branch(new LineApply.Options(Optional.empty(), Optional.empty(), false, true)));
            assertThat(story.git.text("log", "--format=%s", "main.." + BRANCH)).isEqualTo("T2 Pay");
        }
    }

    @Test
    void merged_results_are_not_written_again() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            branched(story.branch());
            story.git.text("merge", "--quiet", BRANCH);
            assertThat(story.branch()).isInstanceOf(Outcome.Nothing.class);
            story.merged("T2 Pay", Map.of("src/pay.txt", "pay\n"));
            var outcome = branched(story.branch());
            assertThat(outcome.commit()).isEqualTo(story.head());
            assertThat(outcome.line().commits()).isEqualTo(1);
        }
    }

    @Test
    void branches_that_cannot_be_are_refused_with_a_way_out() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            story.git.text("branch", "x");
            story.git.text("branch", "y/z");
            story.git.text("symbolic-ref", "refs/heads/alias", "refs/heads/x");
            story.git.text("worktree", "add", "--quiet", "-b", "linked", "../linked");
            var before = story.state();

            assertThat(refusal(story.branch(on("x/y")))).contains("There is a branch x");
            assertThat(refusal(story.branch(on("y")))).contains("There is a branch y/z");
            assertThat(((Outcome.Refused) story.branch(on("x/y"))).refusal().remedy())
                    .contains("--branch taskweaver-shop");
            assertThat(refusal(story.branch(on("main")))).contains("is checked out in");
            assertThat(refusal(
                            story.branch(new LineApply.Options(Optional.of("linked"), Optional.empty(), false, true))))
                    .contains("is checked out in");
            assertThat(refusal(story.branch(on("alias")))).contains("is another name");
            for (var name : List.of("a..b", "-x", "HEAD", "a b", "x.lock", "", "@{-1}"))
                assertThat(refusal(story.branch(on(name)))).contains("cannot be the name of a branch");
            assertThat(refusal(story.branch(onto("nowhere")))).contains("There is no commit nowhere");
            assertThat(refusal(story.branch(onto("--all")))).contains("There is no commit --all");
            assertThat(story.state()).isEqualTo(before);
        }
    }

    @Test
    void a_branch_that_is_being_rebased_stays() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            story.git.text("checkout", "--quiet", "-b", "topic");
            story.write("a.txt", "topic\n");
            story.commit("topic");
            story.git.text("checkout", "--quiet", "main");
            story.write("a.txt", "main\n");
            story.commit("main");
            story.git.run(List.of("rebase", "main", "topic"), new byte[0]);

            assertThat(refusal(story.branch(on("topic")))).contains("is being rebased");
            assertThat(refusal(story.workTree())).contains("A rebase is under way");
            assertThat(branched(story.branch()).line().commits()).isEqualTo(1);
            assertThat(story.git.text("status")).contains("rebase in progress");
        }
    }

    @Test
    void a_merge_that_is_under_way_keeps_files_only() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            Files.writeString(story.user.resolve(".git/MERGE_HEAD"), story.base() + "\n");

            assertThat(refusal(story.workTree())).contains("A merge is under way");
            Files.move(story.user.resolve(".git/MERGE_HEAD"), story.user.resolve(".git/BISECT_LOG"));
            assertThat(refusal(story.workTree())).contains("A bisection is under way");
            branched(story.branch());
        }
    }

    @Test
    void the_commits_of_a_plan_become_one() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("new.txt", "new\n");
            story.start()
                    .merged("T1 Cart", Map.of("src/cart.txt", "cart\n"))
                    .merged("T2 Pay", Map.of("src/pay.txt", "pay\n"));

            branched(story.branch(new LineApply.Options(Optional.empty(), Optional.empty(), true, false)));

            assertThat(story.git.text("log", "--format=%B", "main.." + BRANCH))
                    .isEqualTo("Result of plan shop\n\n* T1 Cart\n* T2 Pay\n\nTask: T1\nTask: T2\nPlan: shop\n\n"
                            + "The code as it is");
            assertThat(story.git.text("log", "--max-count=1", "--format=%(trailers:key=Task,valueonly)", BRANCH))
                    .isEqualTo("T1\nT2");
            assertThat(story.git.text("rev-parse", BRANCH + "^{tree}"))
                    .isEqualTo(story.code().treeOf(story.head()));
            assertThat(story.fsck()).isEqualTo(CLEAN);
        }
    }

    @Test
    void the_line_knows_whose_work_it_has() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            assertThat(story.line().tasks(story.code())).isEmpty();
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"))
                    .merged("T2-reconcile-1 Pay", Map.of("src/pay.txt", "pay\n"));
            assertThat(story.line().tasks(story.code())).contains("T1", "T2").doesNotContain("T");
        }
    }

    @Test
    void a_repository_without_commits_begins_with_the_code() throws Exception {
        try (var story = new UserAndLine(folder, false)) {
            story.write("a.txt", "a\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            assertThat(refusal(story.branch(on("main")))).contains("is checked out in");

            var outcome = branched(story.branch());

            assertThat(outcome.commit()).isEqualTo(story.head());
            assertThat(outcome.line().work()).isEqualTo(1);
            assertThat(story.git.text("log", "--format=%s", BRANCH)).isEqualTo("T1 Cart\nThe code as it is");
            assertThat(story.fsck()).isEqualTo(CLEAN + "notice: HEAD points to an unborn branch (main)");
        }
    }

    @Test
    void bare_shallow_and_linked_repositories_take_a_branch() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("a.txt", "more\n");
            story.commit("second");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            var out = Git.in(folder);
            out.text("clone", "--quiet", "--bare", story.user.toString(), "bare");
            out.text("clone", "--quiet", "--depth=1", story.user.toUri().toString(), "shallow");
            story.git.text(
                    "worktree",
                    "add",
                    "--quiet",
                    "--detach",
                    folder.resolve("linked").toString());
            for (var each : List.of("bare", "shallow", "linked")) {
                var other = folder.resolve(each);
                var outcome = branched(LineApply.toBranch(
                        story.code(),
                        story.line(),
                        UserAndLine.PLAN,
                        UserAndLine.repository(other),
                        LineApply.Options.USUAL));
                assertThat(outcome.commit()).isEqualTo(story.head());
                assertThat(Git.in(other).text("log", "--format=%s", BRANCH)).startsWith("T1 Cart\nsecond");
                assertThat(Git.in(other).text("fsck", "--strict", "--no-progress"))
                        .isEmpty();
            }
            assertThat(refusal(LineApply.toWorkTree(
                            story.code(),
                            story.line(),
                            UserAndLine.PLAN,
                            UserAndLine.repository(folder.resolve("bare")))))
                    .contains("has no working tree");
        }
    }

    @Test
    void folders_below_working_trees_of_every_kind_take_a_branch_and_files() throws Exception {
        var out = Git.in(folder);
        for (var kind : List.of("plain", "linked", "separate", "submodule", "configured")) {
            var home = Files.createDirectories(folder.resolve(kind));
            try (var story = new UserAndLine(home)) {
                story.write("packages/app/a.js", "x\n");
                story.commit("second");
                var tree = switch (kind) {
                    case "linked" -> {
                        story.git.text("worktree", "add", "--quiet", "--detach", "../linked");
                        yield home.resolve("linked");
                    }
                    case "separate" -> {
                        story.git.text("init", "--quiet", "--separate-git-dir", "../data.git");
                        yield story.user;
                    }
                    case "submodule" -> {
                        var above = home.resolve("above");
                        out.text("init", "--quiet", above.toString());
                        Git.in(above)
                                .options("-c", "protocol.file.allow=always")
                                .text("submodule", "--quiet", "add", story.user.toString(), "shop");
                        yield above.resolve("shop");
                    }
                    case "configured" -> {
                        // The working tree is around the repository: from its root nothing is found.
                        var around = Files.move(story.user, home.resolve("around"));
                        var inner = Files.createDirectory(around.resolve("inner"));
                        Files.move(around.resolve(".git"), inner.resolve(".git"));
                        Git.in(inner).text("config", "core.worktree", around.toString());
                        yield around;
                    }
                    default -> story.user;
                };
                var app = tree.resolve(kind.equals("configured") ? "inner" : "packages/app");
                story.startFrom(app).merged("T1 Cart", Map.of("packages/app/cart.js", "cart\n"));

                var outcome = branched(LineApply.toBranch(
                        story.code(),
                        story.line(),
                        UserAndLine.PLAN,
                        UserAndLine.repository(app),
                        LineApply.Options.USUAL));

                assertThat(outcome.commit()).as(kind).isEqualTo(story.head());
                if (!kind.equals("configured"))
                    assertThat(app.resolve(".git")).as(kind).doesNotExist();
                assertThat(Git.ofUser(app).text("log", "--format=%s", "--max-count=1", BRANCH))
                        .as(kind)
                        .isEqualTo("T1 Cart");
                assertThat(LineApply.toWorkTree(
                                story.code(), story.line(), UserAndLine.PLAN, UserAndLine.repository(app)))
                        .as(kind)
                        .isInstanceOf(Outcome.InWorkTree.class);
                assertThat(tree.resolve("packages/app/cart.js")).as(kind).hasContent("cart\n");
                var checkedOut = Git.ofUser(app).text("rev-parse", "--abbrev-ref", "HEAD");
                if (!checkedOut.equals("HEAD"))
                    assertThat(refusal(LineApply.toBranch(
                                    story.code(),
                                    story.line(),
                                    UserAndLine.PLAN,
                                    UserAndLine.repository(app),
                                    on(checkedOut))))
                            .as(kind)
                            .endsWith("checked out in " + tree.toRealPath() + ".");
                assertThat(Git.ofUser(app).text("fsck", "--strict", "--no-progress"))
                        .as(kind)
                        .isEmpty();
            }
        }
    }

    @Test
    void a_partial_clone_takes_a_branch_and_fetches_what_a_merge_reads() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("a.txt", "one\ntwo\nthree\nfour\n"));
            story.git.text("config", "uploadpack.allowFilter", "true");
            story.git.text("config", "uploadpack.allowAnySha1InWant", "true");
            Git.in(folder)
                    .text(
                            "clone",
                            "--quiet",
                            "--no-checkout",
                            "--filter=blob:none",
                            story.user.toUri().toString(),
                            "partial");
            var partial = folder.resolve("partial");
            var outcome = branched(LineApply.toBranch(
                    story.code(),
                    story.line(),
                    UserAndLine.PLAN,
                    UserAndLine.repository(partial),
                    LineApply.Options.USUAL));
            assertThat(outcome.commit()).isEqualTo(story.head());

            story.write("a.txt", "zero\none\ntwo\nthree\n");
            story.commit("mine");
            Git.in(partial).text("fetch", "--quiet");
            var rebased = branched(LineApply.toBranch(
                    story.code(),
                    story.line(),
                    UserAndLine.PLAN,
                    UserAndLine.repository(partial),
                    onto("origin/main")));
            assertThat(Git.in(partial).text("show", rebased.commit() + ":a.txt"))
                    .isEqualTo("zero\none\ntwo\nthree\nfour");
            assertThat(Git.in(partial).text("fsck", "--no-progress")).isEmpty();
        }
    }

    @Test
    void a_folder_without_history_takes_only_what_the_plan_changed() throws Exception {
        try (var story = new UserAndLine(folder)) {
            WorkFolders.delete(story.user.resolve(".git"));
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            assertThat(UserRepository.find(story.user)).isInstanceOf(UserRepository.Found.InNone.class);
            story.git.text("init", "--quiet", "--initial-branch=main");
            story.write("c.txt", "c\n");
            story.commit("all");

            var outcome = branched(story.branch());

            assertThat(outcome.line().notes()).hasSize(1);
            assertThat(story.git.text("diff", "--name-status", "main", BRANCH)).isEqualTo("A\tsrc/cart.txt");
        }
    }

    @Test
    void everything_arrives_byte_for_byte() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.git.text("config", "core.autocrlf", "true");
            story.write(".gitattributes", "* text=auto eol=crlf\n*.bin filter=shout\n");
            story.git.text("config", "filter.shout.clean", "tr a-z A-Z");
            Files.writeString(story.user.resolve(".git/hooks/reference-transaction"), "#!/bin/sh\nexit 1\n");
            story.commit("attributes");
            assertThat(story.user
                            .resolve(".git/hooks/reference-transaction")
                            .toFile()
                            .setExecutable(true))
                    .isTrue();
            story.git.text("config", "commit.gpgSign", "true");
            story.git.text("config", "transfer.fsckObjects", "true");
            story.start();
            var code = story.code();
            var changes = new ArrayList<EntryChange>();
            changes.add(made("crlf.txt", code.file("a\r\nb\r\n".getBytes(StandardCharsets.UTF_8), FileEntry.FILE)));
            changes.add(made("x.bin", code.file(new byte[] {0, 1, 13, 10, -1, 'a'}, FileEntry.FILE)));
            changes.add(made("run me.sh", code.file("x".getBytes(StandardCharsets.UTF_8), FileEntry.EXECUTABLE)));
            changes.add(made("link", code.file("a.txt".getBytes(StandardCharsets.UTF_8), FileEntry.LINK)));
            changes.add(made("sub/module", new FileEntry(FileEntry.SUBMODULE, "1".repeat(40), 0)));
            changes.add(made("\"\\374ber.txt\"", code.file("x".getBytes(StandardCharsets.UTF_8), FileEntry.FILE)));
            changes.add(made("\u00fcber \u2713.txt", code.file("x".getBytes(StandardCharsets.UTF_8), FileEntry.FILE)));
            story.changed("T1 All", changes);
            story.write("mine.txt", "x\n");
            Git.in(story.user).text("add", "--all");
            Git.in(story.user).text("commit", "--quiet", "--message", "mine");

            branched(story.branch());

            var raw = story.git.bytes("diff", "--raw", "--no-abbrev", "-z", "main", BRANCH);
            var wanted = Git.in(code.folder()).bytes("diff", "--raw", "--no-abbrev", "-z", story.base(), story.head());
            assertThat(raw).isEqualTo(wanted).isNotEmpty();
            assertThat(story.git.bytes("cat-file", "blob", BRANCH + ":crlf.txt"))
                    .isEqualTo("a\r\nb\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(story.fsck()).isEqualTo(CLEAN);
        }
    }

    private static EntryChange made(String path, FileEntry entry) {
        return new EntryChange(path, Optional.empty(), Optional.of(entry));
    }

    @Test
    void a_clean_working_tree_takes_the_changes_uncommitted() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n", "a.txt", "one\n"))
                    .merged("T2 No b", Map.of("src/b.txt", ""));
            story.write("untracked.txt", "u\n");
            var head = story.git.text("rev-parse", "HEAD");

            var outcome = story.workTree();

            assertThat(outcome).isInstanceOf(Outcome.InWorkTree.class);
            assertThat(((Outcome.InWorkTree) outcome).files()).isEqualTo(3);
            assertThat(story.git.text("rev-parse", "HEAD")).isEqualTo(head);
            assertThat(story.git.text("status", "--porcelain"))
                    .isEqualTo("M  a.txt\nD  src/b.txt\nA  src/cart.txt\n?? untracked.txt");
            assertThat(Files.readString(story.user.resolve("a.txt"))).isEqualTo("one\n");
            assertThat(story.user.resolve("src/b.txt")).doesNotExist();
            assertThat(story.git.text("branch")).isEqualTo("* main");
            assertThat(story.fsck()).isEqualTo(CLEAN);
        }
    }

    @Test
    void files_in_a_working_tree_have_the_line_ends_of_the_user() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write(".gitattributes", "*.txt text eol=crlf\n");
            story.commit("attributes");
            story.start().merged("T1 Cart", Map.of("cart.txt", "cart\n"));

            story.workTree();

            assertThat(Files.readString(story.user.resolve("cart.txt"))).isEqualTo("cart\r\n");
            assertThat(story.git.text("status", "--porcelain")).isEqualTo("A  cart.txt");
        }
    }

    @Test
    void a_submodule_at_another_commit_is_noted() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.changed("T1 Sub", List.of(made("sub", new FileEntry(FileEntry.SUBMODULE, story.base(), 0))));
            var outcome = (Outcome.InWorkTree) story.workTree();
            assertThat(outcome.line().notes()).singleElement().asString().contains("git submodule update");
            assertThat(story.git.text("ls-files", "--stage", "sub")).isEqualTo("160000 " + story.base() + " 0\tsub");
        }
    }

    @Test
    void a_branch_that_moved_meanwhile_is_not_overwritten() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            var user = story.repository();
            var other = story.git.text("rev-parse", "main^{commit}");
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            assertThat(user.move("x", other, Optional.empty(), "test")).isEmpty();

            var made =
                    user.move("x", story.git.text("commit-tree", "-m", "x", "main^{tree}"), Optional.empty(), "test");

            assertThat(made).hasValueSatisfying(refusal -> {
                assertThat(refusal.reason()).startsWith("Another command has just made the branch x of ");
                assertThat(refusal.remedy()).contains("run the command again");
            });
            assertThat(story.git.text("rev-parse", "x")).isEqualTo(other);
        }
    }

    @Test
    void a_branch_that_another_command_wrote_alike_is_as_wanted() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            var user = story.repository();
            assertThat(user.move("x", story.base(), Optional.empty(), "test")).isEmpty();
            assertThat(user.move("x", story.base(), Optional.empty(), "test")).isEmpty();
        }
    }

    @Test
    void a_lock_of_a_killed_program_is_named() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            var lock = story.user.resolve(".git/refs/heads/" + BRANCH + ".lock");
            Files.createDirectories(lock.getParent());
            Files.createFile(lock);

            var refused = (Outcome.Refused) story.branch();

            assertThat(refused.refusal().reason()).contains("Another program is writing the branch " + BRANCH);
            assertThat(refused.refusal().remedy()).contains("If no git runs there, delete ", BRANCH + ".lock");
            Files.delete(lock);
            branched(story.branch());
        }
    }

    @Test
    void commands_at_the_same_time_write_the_branch_once() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var outcomes = threads.invokeAll(Collections.<Callable<Outcome>>nCopies(4, story::branch));
                for (var outcome : outcomes)
                    assertThat(branched(outcome.get()).commit()).isEqualTo(story.head());
            }
            assertThat(story.git.text("rev-parse", BRANCH)).isEqualTo(story.head());
            assertThat(story.fsck()).isEqualTo(CLEAN);
        }
    }

    @Test
    void a_file_that_git_refuses_is_said_and_nothing_is_written() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of(".gitmodules", "[submodule \"../x\"]\n\tpath = x\n\turl = x\n"));
            var before = story.state();

            assertThatThrownBy(story::branch)
                    .isInstanceOf(Git.GitException.class)
                    .hasMessageContaining("disallowed submodule name: ../x.\ntaskweaver changes shows");

            assertThat(story.state()).isEqualTo(before);
            assertThat(story.fsck()).isEqualTo(CLEAN);
            assertThat(story.git.text("count-objects", "--verbose")).contains("garbage: 0");
            try (var left = Files.find(story.user.resolve(".git/objects"), 2, (file, _) -> isTemporary(file))) {
                assertThat(left).isEmpty();
            }
        }
    }

    private static boolean isTemporary(Path file) {
        return file.getFileName().toString().startsWith("tmp_");
    }

    @Test
    void a_working_tree_that_git_cannot_write_is_as_before() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write(".gitattributes", "*.big filter=store\n");
            story.commit("attributes");
            story.start().merged("T1 Cart", Map.of("a.txt", "x\n", "n/a.txt", "a\n", "n/x.big", "x\n", "z.txt", "z\n"));
            story.git.text("config", "filter.store.smudge", "false");
            story.git.text("config", "filter.store.required", "true");
            var before = story.state();

            assertThatThrownBy(story::workTree)
                    .isInstanceOf(Git.GitException.class)
                    .hasMessageContaining("smudge filter store failed");

            assertThat(story.state()).isEqualTo(before);
            assertThat(story.user.resolve("n")).doesNotExist();
            assertThat(story.git.text("status", "--porcelain")).isEmpty();
        }
    }

    @Test
    void a_working_tree_with_changes_is_refused() throws Exception {
        try (var story = new UserAndLine(folder).start()) {
            story.merged("T1 Cart", Map.of("src/cart.txt", "cart\n", "ignored.log", "x\n"));
            story.write(".gitignore", "*.log\n");
            story.commit("ignore");
            story.write("a.txt", "mine\n");
            assertThat(refusal(story.workTree())).contains("have changes that are not committed: a.txt");
            story.git.text("add", "a.txt");
            assertThat(refusal(story.workTree())).contains("have changes that are not committed: a.txt");
            story.git.text("reset", "--quiet", "--hard");
            story.write("ignored.log", "precious\n");
            story.write("src/cart.txt", "mine\n");
            var before = story.state();
            assertThat(refusal(story.workTree())).contains("in the way: ignored.log, src/cart.txt");
            Files.delete(story.user.resolve("src/cart.txt"));
            Files.createDirectories(story.user.resolve("src/cart.txt/inside"));
            assertThat(refusal(story.workTree())).contains("in the way: ignored.log, src/cart.txt");
            before.remove("src/cart.txt");
            assertThat(story.state()).isEqualTo(before);
        }
    }

    @Test
    void the_work_that_the_plan_started_from_is_recognized() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("a.txt", "mine\n");
            story.write("new.txt", "new\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            assertThat(refusal(story.workTree()))
                    .contains("holds the work that was not committed when the plan started");
            story.commit("mine");
            assertThat(story.workTree()).isInstanceOf(Outcome.InWorkTree.class);
            assertThat(story.git.text("status", "--porcelain")).isEqualTo("A  src/cart.txt");
        }
    }

    @Test
    void untracked_work_that_the_plan_started_from_is_recognized() throws Exception {
        try (var story = new UserAndLine(folder)) {
            story.write("new.txt", "new\n");
            story.start().merged("T1 Cart", Map.of("src/cart.txt", "cart\n"));
            assertThat(refusal(story.workTree()))
                    .contains("holds the work that was not committed when the plan started");
        }
    }

    @Test
    void names_of_branches_are_valid_for_every_plan() throws Exception {
        for (var plan : List.of("shop", "a..b", "a.lock", "a.", "x...", "a-1_2.3"))
            assertThat(Git.in(folder)
                            .run(
                                    List.of("check-ref-format", "refs/heads/" + LineApply.branchOf(new PlanId(plan))),
                                    new byte[0])
                            .code())
                    .as(plan)
                    .isZero();
    }
}
