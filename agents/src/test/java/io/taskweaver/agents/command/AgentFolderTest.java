package io.taskweaver.agents.command;

import static io.taskweaver.agents.command.ScriptedAgents.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.ScriptedAgents.Change;
import io.taskweaver.model.FileEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an agent does in its folder, its files are its result. */
class AgentFolderTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final Map<String, String> FILES =
            Map.of("a.txt", "a\n", "src/b.txt", "b\n", "src/deep/c.txt", "c\n", "run.sh", "echo\n");
    private static final String COMMITTED = "git add --all && git -c user.name=a -c user.email=a@b commit -qm x";

    @TempDir
    Path temporary;

    private ScriptedAgents agents;
    private AgentCode code;

    @BeforeEach
    void open() throws Exception {
        agents = new ScriptedAgents(temporary);
        code = agents.code(FILES, "");
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private Outcome run(String script) throws Exception {
        return agents.run(agents.agent(script, Map.of()), ATTEMPT, Optional.of(code));
    }

    private List<Change> changes(Outcome outcome) {
        return agents.changes(outcome, Optional.of(code));
    }

    private static final Change WRITTEN = change("a.txt", "a\n", "changed\n");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -rf .git",
                "touch .git/index.lock",
                "touch .git/HEAD.lock .git/config.lock",
                "rm -rf .git && git init -q",
                "rm -rf .git && git init -q && " + COMMITTED,
                "rm -rf .git && echo 'gitdir: /nowhere' >.git",
                "rm -rf .git && ln -s /nowhere .git",
                "rm .git/objects/info/alternates",
                "echo garbage >.git/config",
                COMMITTED,
                "git checkout -qb topic && " + COMMITTED,
                COMMITTED + " && git checkout -q --detach && git branch -D work",
                COMMITTED + " && git reset -q --soft HEAD~1",
                COMMITTED + " && git update-ref -d refs/heads/work",
                "git rm -r -q --cached .",
                "git add --all && git stash -q && git stash pop -q",
                "git update-index --assume-unchanged a.txt",
                "git update-index --skip-worktree a.txt",
                "git worktree add -q ../other && cd ../other && echo x >x.txt && " + COMMITTED,
                "git worktree add -q inside",
                "git init -q --bare ../bare && git push -q ../bare HEAD",
                "git push -q --force \"$(cat .git/objects/info/alternates)/..\" HEAD~0:refs/heads/line",
                COMMITTED + " && git push -q --force \"$(cat .git/objects/info/alternates)/..\" HEAD:refs/heads/line",
                "git rev-parse HEAD >.git/MERGE_HEAD",
                COMMITTED + " && git checkout -q HEAD~1 && echo other >a.txt && git commit -qam y; git rebase work;"
                        + " echo changed >a.txt",
                COMMITTED
                        + " && git checkout -q HEAD~1 && echo other >a.txt && git commit -qam y; git cherry-pick work;"
                        + " echo changed >a.txt",
                "git bisect start",
                "mkdir -p .git/hooks; printf '#!/bin/sh\nexit 1\n' | tee .git/hooks/pre-commit"
                        + " .git/hooks/post-index-change .git/hooks/reference-transaction; chmod +x .git/hooks/*; "
                        + COMMITTED,
                "git config commit.gpgSign true; git config gpg.program false; " + COMMITTED + " || true",
                "git config core.fsmonitor false; git config core.excludesFile .git/all; echo '*' >.git/all",
                "rm -rf .git && mkdir .git",
                "rm -rf .git && mkfifo .git",
                "git config core.worktree /tmp",
                "git config core.fileMode false",
                "rm -f ../work.index",
                "touch ../work.index.lock",
                "export GIT_DIR=/nowhere GIT_INDEX_FILE=/nowhere",
            })
    void what_it_does_with_git_changes_nothing_of_its_result(String script) throws Exception {
        assertThat(changes(run("echo changed >a.txt; " + script))).containsExactly(WRITTEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git stash -q --include-untracked | in a stash",
                "git add --all; git stash -q | in a stash",
                "git checkout -qb side; git add --all; git commit -qm x; git checkout -q work | on branch side",
            })
    void work_that_is_nowhere_but_in_its_repository_is_feedback(String script, String where) throws Exception {
        assertThat(run("echo new >new.txt; " + script))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).contains("its work is " + where));
    }

    @Test
    void what_of_its_work_is_only_in_a_stash_or_on_a_branch_is_named() throws Exception {
        var outcome = run("echo s >stashed.txt; git add --all; git stash -q; git checkout -qb side; echo b >side.txt;"
                + " echo later >both.txt; git add --all; git commit -qm x; git checkout -q work; echo now >both.txt;"
                + " git checkout -qb merged; echo m >merged.txt; git add --all; git commit -qm y");

        assertThat(changes(outcome))
                .containsExactly(change("both.txt", null, "now\n"), change("merged.txt", null, "m\n"));
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly("side.txt (only on branch side)", "stashed.txt (only in a stash)");
    }

    @Test
    void what_it_resets_is_as_it_was() throws Exception {
        assertThat(changes(run("echo x >a.txt; git reset -q --hard; echo new >new.txt")))
                .containsExactly(change("new.txt", null, "new\n"));
    }

    @Test
    void files_that_it_ignores_or_forgets_stay_part_of_the_code() throws Exception {
        assertThat(changes(run("echo '*' >.gitignore; git rm -r -q --cached .; echo changed >a.txt; echo x >new.txt")))
                .containsExactly(WRITTEN);
        agents.last().release("plan~FR-1~1");
        assertThat(changes(run("echo '*' >.git/info/exclude; echo changed >a.txt")))
                .containsExactly(WRITTEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd ..; rm -rf work",
                "cd ..; mv work elsewhere",
                "cd ..; rm -rf work; touch work",
                "cd ..; mv work elsewhere; ln -s elsewhere work"
            })
    void one_that_deletes_or_moves_its_folder_is_told_that_it_did(String script) throws Exception {
        assertThat(run(script))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith(
                                        "The result of agent fake cannot be used: it deleted, moved or replaced its work folder")
                                .doesNotContain("cannot work here", "install"));
    }

    @Test
    void links_that_stay_in_the_code_are_kept_and_those_that_lead_out_are_named() throws Exception {
        var outcome = run("""
                ln -s a.txt in
                ln -s ../a.txt src/up
                ln -s src folder
                ln -s missing dangling
                ln -s ../../a.txt src/out
                ln -s /etc/passwd absolute
                ln -s .git/config git
                ln -s ../.GIT/hooks src/hooks
                """);

        assertThat(changes(outcome))
                .containsExactly(
                        change("dangling", null, "missing"),
                        change("folder", null, "src"),
                        change("in", null, "a.txt"),
                        change("src/up", null, "../a.txt"));
        assertThat(ScriptedAgents.result(outcome).changes())
                .allSatisfy(change ->
                        assertThat(change.after().orElseThrow().mode()).isEqualTo(FileEntry.LINK));
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly(
                        "absolute (a symbolic link to /etc/passwd, which is not inside the code)",
                        "git (a symbolic link to .git/config, which is not inside the code)",
                        "src/hooks (a symbolic link to ../.GIT/hooks, which is not inside the code)",
                        "src/out (a symbolic link to ../../a.txt, which is not inside the code)");
    }

    @Test
    void what_is_neither_file_nor_link_is_left_out_and_named_unless_it_is_ignored() throws Exception {
        var outcome = run("echo changed >a.txt; mkfifo pipe src/pipe tmp.pipe; rm run.sh; mkfifo run.sh;"
                + " echo '*.pipe' >.gitignore");

        assertThat(changes(outcome)).containsExactly(change(".gitignore", null, "*.pipe\n"), WRITTEN);
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly(
                        "pipe (a pipe, socket or device)",
                        "run.sh (a pipe, socket or device)",
                        "src/pipe (a pipe, socket or device)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 1 >A; echo 2 >a",
                "echo 1 >$'odd/Gr\\u00f6\\u00dfe'; echo 2 >$'odd/Gro\\u0308\\u00dfe'",
                "echo 1 >A.txt",
                "mkdir SRC; echo 1 >SRC/new.txt",
                "git mv src/b.txt src/B.txt; echo again >src/b.txt",
            })
    void new_names_that_are_one_file_on_other_systems_are_feedback_since_the_text_of_one_would_be_lost(String script)
            throws Exception {
        assertThat(run("mkdir odd; " + script))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .contains("one file on Windows or macOS", "Give each file a name"));
    }

    @Test
    void a_file_may_be_renamed_in_case_and_names_that_the_code_has_may_stay() throws Exception {
        assertThat(changes(run("git mv a.txt A.txt")))
                .containsExactly(change("A.txt", null, "a\n"), change("a.txt", "a\n", null));
        agents.last().release("plan~FR-1~1");
        code = agents.code(Map.of("a.txt", "a\n", "A.txt", "A\n"), "");
        assertThat(changes(run("echo changed >a.txt"))).containsExactly(WRITTEN);
    }

    @Test
    void a_link_in_place_of_the_folder_of_files_deletes_them_and_takes_nothing_from_where_it_leads() throws Exception {
        var outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("secret.txt"), "secret");

        var outcome = run("rm -r src; ln -s " + outside + " src");

        assertThat(changes(outcome))
                .containsExactly(change("src/b.txt", "b\n", null), change("src/deep/c.txt", "c\n", null));
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .singleElement()
                .asString()
                .startsWith("src (a symbolic");
    }

    @Test
    void bytes_modes_renames_and_deletions_arrive_as_they_are() throws Exception {
        var outcome = run("""
                head -c 3000 /dev/urandom >picture.png; cp picture.png %s/picture.png
                chmod +x run.sh
                mv src/b.txt moved.txt
                rm -r src/deep
                printf 'one\r\ntwo\r\n' >crlf.txt
                printf 'no end' >a.txt
                """.formatted(temporary));

        var result = ScriptedAgents.result(outcome);
        assertThat(result.changes())
                .extracting(change -> change.path())
                .containsExactly(
                        "a.txt", "crlf.txt", "moved.txt", "picture.png", "run.sh", "src/b.txt", "src/deep/c.txt");
        var repository = agents.repository();
        var picture = repository.entry(result.tree(), "picture.png").orElseThrow();
        assertThat(repository.bytes(picture.object())).isEqualTo(Files.readAllBytes(temporary.resolve("picture.png")));
        assertThat(repository.entry(result.tree(), "run.sh").orElseThrow().mode())
                .isEqualTo(FileEntry.EXECUTABLE);
        assertThat(changes(outcome))
                .contains(
                        change("crlf.txt", null, "one\r\ntwo\r\n"),
                        change("a.txt", "a\n", "no end"),
                        change("moved.txt", null, "b\n"),
                        change("src/b.txt", "b\n", null),
                        change("src/deep/c.txt", "c\n", null));
    }

    @Test
    void files_whose_line_ends_are_stored_against_their_attributes_change_only_if_they_are_changed() throws Exception {
        code = agents.code(
                Map.of(".gitattributes", "*.bat text\n", "a.bat", "one\r\ntwo\r\n", "b.bat", "three\r\n"), "");

        var outcome = run("touch a.bat b.bat; echo new >new.txt; printf 'four\\r\\n' >>b.bat");

        assertThat(changes(outcome))
                .containsExactly(change("b.bat", "three\r\n", "three\nfour\n"), change("new.txt", null, "new\n"));
        agents.last().release("plan~FR-1~1");
        assertThat(changes(run("echo '*.bat text eol=crlf' >.gitattributes; touch a.bat")))
                .as("new attributes take effect")
                .contains(change("a.bat", "one\r\ntwo\r\n", "one\ntwo\n"));
    }

    @Test
    void any_name_that_a_file_can_have_arrives_as_it_is() throws Exception {
        var names = List.of(
                " two words .txt",
                "\"quoted\".txt",
                "'single'.txt",
                "back\\slash.txt",
                "tab\there.txt",
                "line\nbreak.txt",
                "Grüße/日本語.txt",
                "-rf",
                ":(exclude)a.txt",
                "*",
                "#comment",
                "$(echo)");
        var script = new StringBuilder("mkdir 'Grüße'\n");
        for (var name : names)
            script.append("printf x >./$'")
                    .append(name.replace("\\", "\\\\")
                            .replace("'", "\\'")
                            .replace("\t", "\\t")
                            .replace("\n", "\\n"))
                    .append("'\n");

        var outcome = run(script.toString());

        var result = ScriptedAgents.result(outcome);
        assertThat(result.leftOut()).isEmpty();
        for (var name : names) {
            var path = name.startsWith("\"") ? "\"\\042quoted\\042.txt\"" : name;
            assertThat(agents.repository().entry(result.tree(), path)).as(name).isPresent();
        }
        assertThat(result.changes()).hasSize(names.size());
    }

    @Test
    void a_file_of_50_megabytes_is_refused_with_the_limit() throws Exception {
        assertThat(run("head -c 50000000 /dev/zero >big.bin"))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .contains("50000000 bytes", "the limit is " + ScriptedAgents.LIMIT)
                                .doesNotContain("cannot work here"));
    }

    @Test
    void repositories_that_a_build_fetches_into_ignored_folders_are_not_worth_a_word() throws Exception {
        var outcome =
                run("echo changed >a.txt; git init -q node_modules/lib; echo deps >.gitignore; git init -q deps/x");

        assertThat(changes(outcome)).containsExactly(change(".gitignore", null, "deps\n"), WRITTEN);
        assertThat(ScriptedAgents.result(outcome).leftOut()).isEmpty();
    }

    @Test
    void what_is_taken_for_build_output_is_named_unless_the_code_has_the_folder_or_ignores_it() throws Exception {
        var own = agents.code(Map.of("build/a.js", "a\n", "lib/.gitignore", "out/\n"), "");
        var outcome = agents.run(
                agents.agent(
                        "mkdir -p build/sub/out lib/out lib/target node_modules/x/build empty/out; echo b >build/b.js;"
                                + " echo '*.log' >build/.gitignore; touch build/c.log build/sub/out/d"
                                + " lib/out/e lib/target/f node_modules/x/build/g h.class",
                        Map.of()),
                ATTEMPT,
                Optional.of(own));

        assertThat(agents.changes(outcome, Optional.of(own)))
                .extracting(Change::path)
                .containsExactly("build/.gitignore", "build/b.js", "build/sub/out/d");
        assertThat(ScriptedAgents.result(outcome).leftOut())
                .containsExactly("lib/target (taken for build output; !/lib/target/ in .gitignore makes it part of"
                        + " the code)");
    }

    @Test
    void a_folder_that_the_code_says_is_no_build_output_is_part_of_it() throws Exception {
        var outcome = run("echo '!/out/' >.gitignore; mkdir out; echo a >out/a.txt");

        assertThat(changes(outcome))
                .containsExactly(change(".gitignore", null, "!/out/\n"), change("out/a.txt", null, "a\n"));
        assertThat(ScriptedAgents.result(outcome).leftOut()).isEmpty();
    }

    /** To root, all of it can be read anyway. */
    @ParameterizedTest
    @ValueSource(strings = {"chmod 000 new", "chmod 000 new/x.txt", "chmod 000 src new", "chmod 000 src ."})
    void rights_that_it_took_away_hide_nothing(String script) throws Exception {
        assertThat(changes(run("mkdir new; echo x >new/x.txt; echo changed >a.txt; " + script)))
                .containsExactly(WRITTEN, change("new/x.txt", null, "x\n"));
    }

    @Test
    void a_repository_that_it_makes_in_a_new_folder_is_left_out_and_named() throws Exception {
        var outcome = run("echo changed >a.txt; mkdir new && cd new && git init -q && echo x >x.txt && " + COMMITTED);

        assertThat(changes(outcome)).containsExactly(WRITTEN);
        assertThat(ScriptedAgents.result(outcome).leftOut()).containsExactly("new (a repository of its own)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"git init -q", "git init -q && " + COMMITTED, "echo 'gitdir: /nowhere' >.git"})
    void a_repository_that_it_makes_in_a_folder_of_the_code_hides_no_files(String script) throws Exception {
        assertThat(changes(run("cd src && " + script + "; echo more >>b.txt; echo x >x.txt")))
                .containsExactly(change("src/b.txt", "b\n", "b\nmore\n"), change("src/x.txt", null, "x\n"));
    }

    @Test
    void what_is_no_file_is_passed_over() throws Exception {
        assertThat(changes(run("mkfifo pipe; mkdir empty; echo changed >a.txt")))
                .containsExactly(WRITTEN);
    }

    @Test
    void its_own_commits_ask_neither_for_the_users_key_nor_for_hooks() throws Exception {
        var hooks = Files.createDirectories(temporary.resolve("hooks"));
        Files.writeString(hooks.resolve("pre-commit"), "#!/bin/sh\nexit 1\n");
        assertThat(hooks.resolve("pre-commit").toFile().setExecutable(true)).isTrue();
        var global = Files.writeString(
                temporary.resolve("gitconfig"),
                "[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n[gpg]\n\tprogram = false\n[core]\n\thooksPath = "
                        + hooks + "\n");

        var outcome = agents.run(
                agents.agent(
                        "echo changed >a.txt; git commit -qam 'signed by nobody' && git tag -am x x || exit 1",
                        Map.of("GIT_CONFIG_GLOBAL", global.toString())),
                ATTEMPT,
                Optional.of(code));

        assertThat(changes(outcome)).containsExactly(WRITTEN);
        assertThat(((Outcome.Succeeded) outcome).summary()).isEqualTo("signed by nobody");
    }

    @Test
    void a_name_that_leads_into_the_repository_on_some_systems_is_refused() throws Exception {
        assertThat(run("mkdir 'git~1'; touch 'git~1/config'"))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .startsWith("The result of agent fake cannot be used: ")
                                .contains("invalid path 'git~1/config'"));
    }
}
