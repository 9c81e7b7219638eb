package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.AppliedLine.Outcome;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.PlanId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What agents do to files of every kind, from their work trees to the branch and the working tree of the user, beside the same
 * done by hand with the user's own git.
 */
class AppliedKindsTest {
    private static final PlanId PLAN = new PlanId("shop");

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private static Path begun;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    @BeforeAll
    static void begin() throws Exception {
        shell(Files.createDirectories(begun.resolve("library")), LIBRARY);
        shell(Files.createDirectories(begun.resolve("user")), BEGIN);
    }

    /** The repository of the user, for one case. */
    private Path user() throws Exception {
        shell(folder, "cp -a " + begun.resolve("user") + " user");
        return folder.resolve("user");
    }

    private static final String LIBRARY = """
            git init -q -b main; git config user.name Me; git config user.email me@example.com
            echo 1 >lib.txt; git add .; git commit -qm one; git checkout -qb next; echo 2 >lib.txt; git commit -qam two
            git checkout -q main
            """;

    /** The repository of the user, for all cases; {@code $LIBRARY} is another one, with a branch {@code next}. */
    private static final String BEGIN = """
            git init -q -b main
            git config user.name Me; git config user.email me@example.com
            mkdir dir deep deep/er
            seq 1 40 >long.txt; echo old >old.txt; echo x >dir/a.txt; echo y >dir/b.txt; echo file >place
            echo run >run.sh; chmod +x run.sh; echo plain >plain.sh; ln -s long.txt link; echo target >target
            printf 'gr\\374n\\n' >latin1.txt; printf '\\0\\1\\377\\n\\r' >blob.bin; echo z >deep/er/z.txt
            printf 'one\\ntwo\\n' >windows.txt; printf 'one\\r\\ntwo\\r\\n' >asis.dat
            printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%064d\\nsize 1\\n' 0 >big.lfs
            echo b >'a b'; echo q >'"q" x'; echo s >"it's"; echo n >"$(printf 'line\\nbreak')"; echo u >umläut
            printf '*.lfs filter=lfs diff=lfs merge=lfs -text\\nwindows.txt text eol=crlf\\n*.sh text eol=lf\\n*.dat -text\\n' >.gitattributes
            git -c protocol.file.allow=always submodule --quiet add "$LIBRARY" library
            git add -A; git commit -qm first
            """;

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("an edit", "echo more >>long.txt"),
                kind("a deletion", "rm old.txt"),
                kind("the deletion of a folder", "rm -r dir deep"),
                kind("a rename", "mv long.txt moved.txt"),
                kind(
                        "a rename against an edit",
                        "sed -i 's/^3$/three/' long.txt",
                        "mkdir sub; mv long.txt sub/longer.txt"),
                kind("a rename of a folder against an edit", "echo more >>dir/a.txt", "mv dir moved"),
                kind("a folder that becomes a file", "rm -r dir; echo file >dir"),
                kind("a file that becomes a folder", "rm place; mkdir place; echo in >place/in.txt"),
                kind(
                        "a folder that becomes a file and a folder again",
                        "rm -r dir; echo file >dir",
                        "rm dir; mkdir dir; echo again >dir/a.txt"),
                kind(
                        "a file that becomes a folder and a file again",
                        "rm place; mkdir place; echo in >place/in.txt",
                        "rm -r place; echo file2 >place"),
                kind("executable bits", "chmod +x plain.sh; chmod -x run.sh"),
                kind("an executable bit and an edit of one file", "echo more >>plain.sh", "chmod +x plain.sh"),
                kind(
                        "links",
                        "ln -s dir/a.txt new; ln -sfn target link; ln -s missing dangling; ln -s ../target dir/up"),
                kind(
                        "a link that becomes a file and a file that becomes a link",
                        "rm link target; echo file >link; ln -s long.txt target"),
                kind("a link that becomes a folder", "rm link; mkdir link; echo x >link/x"),
                kind("bytes", "printf '\\0\\377\\376\\r\\n\\r' >blob.bin; head -c 70000 /dev/zero >zeros.bin"),
                kind("Latin-1", "printf 'gr\\374n, bla\\374\\n' >latin1.txt; printf '\\344' >new.latin1"),
                kind(
                        "line ends by attributes",
                        "printf 'one\\r\\nTWO\\r\\n' >windows.txt; printf 'a\\r\\nb\\r\\n' >new.sh"),
                kind(
                        "line ends as they are",
                        "printf 'one\\r\\nTWO\\n' >asis.dat; printf 'a\\r\\nb\\r\\n' >new.txt; printf 'no end' >end.txt"),
                kind("attributes themselves", "echo '*.txt -text' >>.gitattributes; printf 'one\\r\\n' >windows2.txt"),
                kind("a pointer of LFS", "sed -i 's/size 1/size 2/' big.lfs; cp big.lfs more.lfs"),
                kind(
                        "a pointer of a submodule",
                        "git -c protocol.file.allow=always submodule --quiet update --init; git -C library checkout -q origin/next"),
                kind(
                        "a new submodule",
                        "git -c protocol.file.allow=always submodule --quiet add \"$LIBRARY\" vendor/lib"),
                kind("a submodule that goes", "rm -rf library .gitmodules"),
                kind(
                        "a submodule that becomes a folder",
                        "rm -rf library .gitmodules; mkdir library; echo x >library/x; git rm -q --cached library"),
                kind("a part of it checked out", "git sparse-checkout set src; mkdir -p src; echo s >src/s.js"),
                kind("blanks", "echo c >>'a b'; echo x >' c '; mkdir 'd  e'; echo x >'d  e/f g'"),
                kind(
                        "quotes",
                        "echo c >>'\"q\" x'; rm \"it's\"; echo x >\"'\"; echo x >'\"'; mkdir '\"f\"'; echo x >'\"f\"/\"'"),
                kind(
                        "tabs",
                        "printf x >\"$(printf 'ta\\tb')\"; mkdir \"$(printf '\\t')\"; echo x >\"$(printf '\\t/\\t')\""),
                kind("backslashes", "echo x >'back\\slash'; echo x >'\\'; mkdir 'a\\'; echo x >'a\\/b\\n'"),
                kind("umlauts", "echo v >>umläut; echo x >ÄÖÜ.txt; mkdir ß; echo x >ß/日本.txt; echo x >😀"),
                kind(
                        "newlines",
                        "rm \"$(printf 'line\\nbreak')\"; echo x >\"$(printf '\\nx\\n\\ny')\"; mkdir \"$(printf 'a\\nb')\"; echo x >\"$(printf 'a\\nb/c\\nd')\""),
                kind(
                        "names that are no text",
                        "printf x >\"$(printf '\\374ber')\"; mkdir \"$(printf 'd\\377')\"; echo x >\"$(printf 'd\\377/\\376')\""),
                kind(
                        "names for programs",
                        "echo x >-rf; echo x >':(exclude)a'; echo x >'*'; echo x >'#a'; echo x >'$(b)'; echo x >'!c'; echo x >@"),
                kind("empty files and folders", "touch empty; mkdir nothing; : >old.txt"),
                kind("an ignore file and what it ignores", "echo '*.log' >.gitignore; echo x >a.log; echo x >b.txt"));
    }

    /** @param scripts what agents do, each at the same time as the others, or after the one before where it needs it */
    private static Arguments kind(String name, String... scripts) {
        return Arguments.of(Named.of(name, List.of(scripts)));
    }

    private static String shell(Path where, String script) throws Exception {
        var shell = new ProcessBuilder("bash", "-ec", script)
                .directory(where.toFile())
                .redirectErrorStream(true);
        shell.environment().put("LIBRARY", begun.resolve("library").toString());
        shell.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        shell.environment().put("LC_ALL", "C.UTF-8");
        var process = shell.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static CodeResult agent(CodeRepository code, String start, Path work) throws Exception {
        return WorkTree.at(work).result(code, start, "", "result", Instant.EPOCH, 1 << 20);
    }

    private static boolean isAfter(List<String> scripts) {
        return scripts.size() > 1
                && (scripts.get(1).startsWith("rm dir;") || scripts.get(1).startsWith("rm -r place;"));
    }

    private static byte[] raw(Path where, String from, String to) throws Exception {
        return Git.in(where).bytes("diff", "--raw", "--no-abbrev", "--no-renames", "-z", from, to);
    }

    private static void assertSound(Path repository) throws Exception {
        var end = Git.in(repository)
                .run(List.of("fsck", "--full", "--strict", "--no-dangling", "--no-progress"), new byte[0]);
        assertThat(end.code() + new String(end.output(), StandardCharsets.UTF_8) + end.errors())
                .isEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void what_an_agent_did_is_what_a_person_would_have_committed(List<String> scripts) throws Exception {
        var user = user();
        shell(
                folder,
                "git -c protocol.file.allow=always clone -q user byhand; cd byhand;"
                        + " git config user.name Me; git config user.email me@example.com");
        var byHand = folder.resolve("byhand");
        for (var script : scripts) shell(byHand, script);
        shell(byHand, "git add -A; git commit -qm 'by hand'");

        try (var code = CodeRepository.open(folder.resolve("data/code/shop"))) {
            var base = CodeSnapshot.take(user, Set.of(), code);
            var head = merged(code, base, scripts);
            LineFolder.write(code.folder(), base);
            code.head(head);
            assertSound(code.folder());
            var line = new PlanLine(base, head);
            var to = UserAndLine.repository(user);

            var branched = LineApply.toBranch(code, line, PLAN, to, LineApply.Options.USUAL);
            assertThat(branched).isInstanceOf(Outcome.OnBranch.class);
            assertThat(raw(user, "main", "taskweaver/shop")).isEqualTo(raw(byHand, "HEAD~1", "HEAD"));
            assertSameFiles(user, "taskweaver/shop", byHand);

            // The same where the user went on, and in the working tree.
            shell(user, "echo mine >mine.txt; git add mine.txt; git commit -qm mine");
            LineApply.toBranch(code, line, PLAN, to, LineApply.Options.USUAL);
            assertThat(raw(user, "main", "taskweaver/shop")).isEqualTo(raw(byHand, "HEAD~1", "HEAD"));
            var written = LineApply.toWorkTree(code, line, PLAN, to);
            assertThat(written).isInstanceOf(Outcome.InWorkTree.class);
            assertThat(Git.in(user).bytes("diff", "--cached", "--raw", "--no-abbrev", "--no-renames", "-z", "main"))
                    .isEqualTo(raw(byHand, "HEAD~1", "HEAD"));
            assertThat(shell(user, "git diff --name-only --ignore-submodules")).isEmpty();
            assertSound(user);

            // And as patches, for somebody who has only the commit that the plan started from.
            var mailbox = (LinePatch.Written.Mailbox) LinePatch.mailbox(code, line, Optional.of(to));
            Files.write(folder.resolve("patches.mbox"), mailbox.bytes());
            var wanted = raw(byHand, "HEAD~1", "HEAD");
            shell(
                    folder,
                    "git -c protocol.file.allow=always clone -q user others; cd others; git checkout -q main~1;"
                            + " git config user.name Me; git config user.email me@example.com; git am -q ../patches.mbox");
            assertThat(raw(folder.resolve("others"), "origin/main~1", "HEAD")).isEqualTo(wanted);
        }
    }

    /** The line that agents make, each in a work tree of its own. */
    private String merged(CodeRepository code, BaseCommit base, List<String> scripts) throws Exception {
        var head = base.commit();
        for (int i = 0; i < scripts.size(); i++) {
            var start = isAfter(scripts) ? head : base.commit();
            var work = folder.resolve("work" + i);
            WorkTree.create(work, code, start);
            shell(work, scripts.get(i));
            var result = agent(code, start, work);
            assertThat(result.leftOut()).isEmpty();
            var end = TreeMerge.of(code, code.treeOf(start), code.treeOf(head), result.tree());
            assertThat(end).isInstanceOf(TreeMerge.Outcome.Merged.class);
            head = code.commit(
                    ((TreeMerge.Outcome.Merged) end).tree(),
                    List.of(head),
                    "T" + i + " Do it\n\nTask: T" + i + "\n",
                    Instant.ofEpochSecond(1_800_000_000 + i));
        }
        return head;
    }

    /** Compares all files of two commits, modes and links included, byte for byte. */
    private void assertSameFiles(Path user, String branch, Path byHand) throws Exception {
        var all = "{ git ls-tree -r -z %1$s; git ls-tree -r --object-only %1$s | git cat-file --batch; } >%2$s";
        shell(user, all.formatted(branch, "../theirs"));
        shell(byHand, all.formatted("HEAD", "../byhand.files"));
        assertThat(folder.resolve("theirs")).hasSameBinaryContentAs(folder.resolve("byhand.files"));
    }

    @Test
    void what_is_in_the_folder_of_a_submodule_is_left_out_and_named() throws Exception {
        var user = user();
        try (var code = CodeRepository.open(folder.resolve("data/code/shop"))) {
            var base = CodeSnapshot.take(user, Set.of(), code);
            var why = " (in the submodule library, which is not checked out)";
            assertThat(left(code, base, "written", "echo x >library/x.js")).containsExactly("library/x.js" + why);
            assertThat(left(code, base, "made again", "rm -rf library; mkdir -p library/a; echo x >library/a/x.js"))
                    .containsExactly("library/a/x.js" + why);
            assertThat(left(code, base, "many", "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo x >library/$i; done"))
                    .hasSize(11)
                    .contains("2 more files in library" + why);
            assertThat(left(code, base, "its ignored files", "mkdir library/empty"))
                    .isEmpty();
        }
    }

    @Test
    void a_commit_of_a_submodule_that_nobody_can_fetch_is_left_out_and_named() throws Exception {
        var user = user();
        try (var code = CodeRepository.open(folder.resolve("data/code/shop"))) {
            var base = CodeSnapshot.take(user, Set.of(), code);
            var updated = "git -c protocol.file.allow=always submodule --quiet update --init; cd library; ";
            var mine = "git -c user.name=a -c user.email=a@b ";
            assertThat(left(code, base, "same", updated + "true")).isEmpty();
            assertThat(left(code, base, "own", updated + "echo 3 >lib.txt; " + mine + "commit -qam three"))
                    .singleElement()
                    .asString()
                    .startsWith("library (a submodule at commit ")
                    .contains("none of its remotes");
            assertThat(left(
                            code,
                            base,
                            "tagged",
                            updated + "echo 3 >lib.txt; " + mine + "commit -qam three; git tag v3; " + mine
                                    + "tag -am four v4; git tag file HEAD:lib.txt;"
                                    + " git update-ref refs/remotes/origin/file $(git rev-parse HEAD:lib.txt)"))
                    .singleElement()
                    .asString()
                    .contains("none of its remotes");
            assertThat(left(code, base, "of no branch", updated + "git remote remove origin"))
                    .isEmpty();
            assertThat(left(code, base, "dirty", updated + "echo 3 >lib.txt"))
                    .containsExactly("library (a submodule with changes that are not committed in it)");
            assertThat(left(code, base, "untracked", updated + "git checkout -q origin/next; echo 3 >new.txt"))
                    .containsExactly("library (a submodule with changes that are not committed in it)");
            assertThat(left(
                            code,
                            base,
                            "gone",
                            updated + "rm .git; echo 'gitdir: " + begun.resolve("library/.git")
                                    + "' >.git; git checkout -q next"))
                    .containsExactly("library (a repository of its own)");
            assertThat(left(
                            code,
                            base,
                            "filter",
                            updated + "git config filter.x.clean 'touch " + folder
                                    + "/ran'; echo '*.txt filter=x' >.git-attributes; git config core.attributesFile \"$PWD/.git-attributes\";"
                                    + " git config core.fsmonitor 'touch " + folder
                                    + "/ran'; sleep 0; echo 9 >lib.txt"))
                    .containsExactly("library (a submodule with changes that are not committed in it)");
            assertThat(folder.resolve("ran")).doesNotExist();
        }
    }

    @Test
    void with_a_refused_gitmodules_the_submodules_that_it_adds_are_left_out() throws Exception {
        var user = user();
        try (var code = CodeRepository.open(folder.resolve("data/code/shop"))) {
            var base = CodeSnapshot.take(user, Set.of(), code);
            assertThat(left(
                            code,
                            base,
                            "refused",
                            "git -c protocol.file.allow=always submodule --quiet add \"$LIBRARY\" vendor/lib;"
                                    + " git config -f .gitmodules submodule.vendor/lib.update '!touch ran'"))
                    .satisfiesExactlyInAnyOrder(
                            left -> assertThat(left).startsWith(".gitmodules (Git refuses it: gitmodulesUpdate"),
                            left -> assertThat(left)
                                    .isEqualTo("vendor/lib (a submodule of the .gitmodules that Git refuses)"));
        }
    }

    private List<String> left(CodeRepository code, BaseCommit base, String name, String script) throws Exception {
        var work = folder.resolve("work-" + name);
        WorkTree.create(work, code, base.commit());
        shell(work, script);
        var result = agent(code, base.commit(), work);
        assertThat(result.changes()).isEmpty();
        return result.leftOut();
    }
}
