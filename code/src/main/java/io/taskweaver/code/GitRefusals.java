package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that Git does not take from others, since it reads them itself: a {@code .gitmodules} whose addresses, names or
 * commands would run something, a {@code .gitattributes} that it cannot read. Who has them in a branch cannot push or fetch
 * it where objects are checked. Git itself is asked, about the few files that have such names.
 */
public final class GitRefusals {
    /** Names that Git compares with those of its own files, also as short names of Windows. */
    private static final Pattern OWN =
            Pattern.compile("(?i)(?:\\.git(?:modules|attributes)|(?:g[^~]{0,5})?~\\d).*", Pattern.DOTALL);

    /** Code points that macOS passes over in names. */
    private static final Pattern PASSED_OVER = Pattern.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]");

    private static final Pattern ERROR = Pattern.compile("(?m)^error: object [0-9a-f]+: (.*)$");

    private GitRefusals() {}

    /**
     * Which of some changes Git refuses.
     *
     * @param code repository that has their objects
     * @return paths, with what Git says of each
     */
    public static Map<String, String> in(CodeRepository code, Collection<EntryChange> changes)
            throws IOException, InterruptedException {
        var asked = changes.stream()
                .filter(change -> change.after().isPresent() && isOfGit(change.path()))
                .toList();
        var refused = new TreeMap<String, String>();
        if (asked.isEmpty() || said(code, asked).isEmpty()) return refused;
        for (var change : asked) said(code, List.of(change)).ifPresent(said -> refused.put(change.path(), said));
        return refused;
    }

    /** Whether a path has a name that Git looks at, or that some system takes for one. */
    static boolean isOfGit(String path) {
        for (var part : path.split("[/\\\\]", -1))
            if (OWN.matcher(PASSED_OVER.matcher(part).replaceAll("")).matches()) return true;
        return false;
    }

    /** What Git says of a tree with these changes only, which is made elsewhere; empty if it takes it. */
    private static Optional<String> said(CodeRepository code, List<EntryChange> changes)
            throws IOException, InterruptedException {
        try (var folder = TemporaryFolder.create("check");
                var checked = CodeRepository.open(folder.path().resolve("git"))) {
            BorrowedObjects.borrow(
                    checked.folder(), code.folder().resolve("objects").toRealPath());
            var pack = new ByteArrayOutputStream();
            checked.packs().writeTree(checked.edit(checked.emptyTree(), changes), checked.emptyTree(), pack);
            var end = checked.git().run(List.of("index-pack", "--stdin", "--fsck-objects"), pack.toByteArray());
            return end.code() == 0 ? Optional.empty() : Optional.of(explained(end.errors()));
        }
    }

    /** What it says, without names of objects. */
    static String explained(String errors) {
        var said = new ArrayList<String>();
        for (Matcher error = ERROR.matcher(errors); error.find(); )
            if (!said.contains(error.group(1))) said.add(error.group(1));
        return said.isEmpty() ? errors : String.join("; ", said);
    }
}
