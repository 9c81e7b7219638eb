package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.BaseCommit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The base of a plan from repositories in every state that users have them in. They are read, and stay as they are. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class CodeSnapshotTest {
    @TempDir
    private Path folder;

    private Path user;
    private CodeRepository code;

    @BeforeEach
    void begin() throws Exception {
        user = Files.createDirectories(folder.resolve("user"));
        code = CodeRepository.open(folder.resolve("line"));
        shell(
                "git init -q -b main; echo a >a.txt; git add .; git commit -qm first; echo b >>a.txt; git commit -qam second");
    }

    @AfterEach
    void end() {
        code.close();
    }

    /** What a user types. Some of it may fail, as a merge with conflicts does. */
    private void shell(String script) throws Exception {
        shell(user, script);
    }

    private void shell(Path where, String script) throws Exception {
        var shell = new ProcessBuilder("bash", "-c", script).directory(where.toFile());
        shell.redirectErrorStream(true);
        for (var who : List.of("AUTHOR", "COMMITTER")) {
            shell.environment().put("GIT_" + who + "_NAME", "Me");
            shell.environment().put("GIT_" + who + "_EMAIL", "me@example.com");
        }
        shell.environment().put("GIT_EDITOR", "true");
        shell.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        var process = shell.start();
        process.getInputStream().readAllBytes();
        process.waitFor();
    }

    private BaseCommit take(Path from) throws Exception {
        return CodeSnapshot.take(from, Set.of(), code);
    }

    /** The files of a base, as whoever gets its pack has them. */
    private Map<String, String> files(BaseCommit base) throws Exception {
        var pack = code.pack(base.commit(), List.of());
        var files = new TreeMap<String, String>();
        try (var other =
                CodeRepository.open(Files.createTempDirectory(folder, "other").resolve("git"))) {
            other.unpack(pack);
            other.cutAbove(base.commit());
            other.eachFile(
                    other.treeOf(base.commit()),
                    (path, entry) -> files.put(
                            path,
                            entry.isFile() ? new String(other.bytes(entry.object()), StandardCharsets.UTF_8) : ""));
            var fsck = other.git().run(List.of("fsck", "--full", "--strict", "--no-dangling"), new byte[0]);
            assertThat(fsck.code()).as(fsck.errors()).isZero();
        }
        return files;
    }

    /** All files of a folder, objects included. */
    private static Map<String, String> state(Path of) throws IOException {
        var state = new TreeMap<String, String>();
        try (var all = Files.walk(of)) {
            for (var file : all.filter(Files::isRegularFile).toList())
                state.put(of.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return state;
    }

    @Test
    void that_git_cannot_be_run_is_no_fault_of_the_repository() {
        var gone = user.resolveSibling("gone");

        assertThatThrownBy(() -> CodeSnapshot.isInWorkTree(Git.ofUser(gone)))
                .isInstanceOf(Git.GitException.class)
                .hasMessage("the folder " + gone + " does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git checkout -qb x HEAD~1; echo x >a.txt; git commit -qam x; git merge main | A merge | git status",
                "git checkout -qb x HEAD~1; echo x >a.txt; git commit -qam x; git rebase main | A rebase | git status",
                "git checkout -qb x HEAD~1; echo x >a.txt; git commit -qam x; git rebase --apply main | A rebase | git status",
                "git checkout -qb x HEAD~1; echo x >a.txt; git commit -qam x; git cherry-pick main | A cherry-pick | git status",
                "echo c >>a.txt; git commit -qam c; git checkout -qb x HEAD~2; echo x >a.txt; git commit -qam x; git cherry-pick main~1 main; git add .; git commit -qm y | A cherry-pick | git status",
                "echo c >>a.txt; git commit -qam c; git revert --no-edit HEAD~1 | A revert | git status",
                "git format-patch -q -1; git reset -q --hard HEAD~1; echo x >a.txt; git commit -qam x; git am *.patch | Applying patches | git status",
                "git bisect start; git bisect bad; git bisect good HEAD~1; git bisect start HEAD HEAD~1 | A bisection | git bisect reset",
            })
    void what_is_under_way_is_to_be_ended_first(String script, String what, String remedy) throws Exception {
        shell(script);
        var before = state(user);

        assertThatThrownBy(() -> take(user))
                .isInstanceOf(CodeSnapshot.RefusedException.class)
                .hasMessageStartingWith(what)
                .hasMessageContainingAll(user.toRealPath().toString(), remedy);

        assertThat(state(user)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git checkout -qb x HEAD~1; echo x >a.txt; git commit -qam x; git merge main; rm .git/MERGE_HEAD | There are conflicts",
                "git checkout -qb x HEAD~1; echo x >a.txt; echo y >y; git stash -qu; git checkout -q main; git stash pop; echo z >a.txt; git checkout -qm x | There are conflicts",
                "rm -rf .git; git init -q --object-format=sha256 | names objects by SHA-256",
                "mv .git ../away; echo 'gitdir: ../gone' >.git | Git cannot use the repository",
                "rm .git/objects/??/*; echo x >x | the repository has not got",
                "git config --unset core.repositoryformatversion; git config core.repositoryformatversion 9 | Git cannot use the repository",
            })
    void what_cannot_be_a_base_is_refused(String script, String what) throws Exception {
        shell(script);
        var before = state(user);

        assertThatThrownBy(() -> take(user))
                .isInstanceOf(CodeSnapshot.RefusedException.class)
                .hasMessageContaining(what);

        assertThat(state(user)).isEqualTo(before);
    }

    @Test
    void a_bare_repository_has_no_code_to_work_on() throws Exception {
        shell(folder, "git clone -q --bare user bare");

        assertThatThrownBy(() -> take(folder.resolve("bare")))
                .isInstanceOf(CodeSnapshot.RefusedException.class)
                .hasMessageContaining("git worktree add DIR");
    }

    /** Each of these changes how Git stores its data, or what a commit of the user would run. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true",
                "git checkout -q --detach",
                "git config commit.gpgSign true; git config gpg.program false",
                "for hook in pre-commit commit-msg post-index-change reference-transaction; do printf '#!/bin/sh\\nexit 1' >.git/hooks/$hook; chmod +x .git/hooks/$hook; done",
                "printf '#!/bin/sh\\ntouch ../ran' >../hook; chmod +x ../hook; git config core.fsmonitor \"$PWD/../hook\"",
                "git update-index --split-index",
                "git update-index --index-version 4; git update-index --untracked-cache",
                "git pack-refs --all; git gc -q",
                "touch .git/index.lock .git/HEAD.lock",
                "git update-index --assume-unchanged a.txt",
                "git tag MERGE_HEAD",
                "rm .git/index; git read-tree HEAD",
            })
    void the_files_are_taken_as_they_are(String script) throws Exception {
        shell(script);
        shell("echo new >new.txt");
        var before = state(user);

        var base = take(user);

        assertThat(files(base)).isEqualTo(Map.of("a.txt", "a\nb\n", "new.txt", "new\n"));
        assertThat(RawCommit.read(code, base.commit()).parents()).hasSize(1);
        assertThat(state(user)).isEqualTo(before);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void a_repository_without_commits_has_files_all_the_same() throws Exception {
        shell("rm -rf .git; git init -q; git add a.txt; echo new >new.txt");

        var base = take(user);

        assertThat(files(base)).isEqualTo(Map.of("a.txt", "a\nb\n", "new.txt", "new\n"));
        assertThat(RawCommit.read(code, base.commit()).parents()).isEmpty();
    }

    @Test
    void a_linked_working_tree_and_a_folder_of_it_are_taken_as_any_other() throws Exception {
        shell("git worktree add -q ../linked; mkdir ../linked/sub; echo x >../linked/sub/x.txt");

        var base = take(folder.resolve("linked/sub"));

        assertThat(base.prefix()).isEqualTo("sub");
        assertThat(files(base)).isEqualTo(Map.of("a.txt", "a\nb\n", "sub/x.txt", "x\n"));
    }

    @Test
    void a_shallow_clone_ends_where_it_ends() throws Exception {
        shell(folder, "git clone -q --depth=1 file://$PWD/user shallow; echo new >shallow/new.txt");

        var base = take(folder.resolve("shallow"));

        assertThat(files(base)).isEqualTo(Map.of("a.txt", "a\nb\n", "new.txt", "new\n"));
    }

    @Test
    void a_partial_clone_fetches_what_is_not_checked_out_and_stays_as_it_is() throws Exception {
        shell("git config uploadpack.allowFilter true; git config uploadpack.allowAnySha1InWant true;"
                + " mkdir in out; echo in >in/f; echo out >out/f; git add .; git commit -qm folders");
        shell(
                folder,
                "git clone -q --no-checkout --filter=blob:none file://$PWD/user partial; cd partial;"
                        + " git sparse-checkout set in; git checkout -q; echo new >in/new.txt");
        var partial = folder.resolve("partial");
        var before = state(partial);

        var base = take(partial);

        assertThat(files(base))
                .isEqualTo(Map.of("a.txt", "a\nb\n", "in/f", "in\n", "in/new.txt", "new\n", "out/f", "out\n"));
        assertThat(state(partial)).isEqualTo(before);
    }

    @Test
    void a_partial_clone_whose_remote_is_gone_says_so() throws Exception {
        shell("git config uploadpack.allowFilter true; git config uploadpack.allowAnySha1InWant true;"
                + " mkdir out; echo out >out/f; git add .; git commit -qm folders");
        shell(
                folder,
                "git clone -q --no-checkout --filter=blob:none file://$PWD/user partial; cd partial;"
                        + " git sparse-checkout set in; git checkout -q; git remote set-url origin file:///nowhere");

        assertThatThrownBy(() -> take(folder.resolve("partial")))
                .isInstanceOf(CodeSnapshot.RefusedException.class)
                .hasMessageContainingAll("partial clone", "1 of its files", "git fetch origin");
    }
}
