package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a user has begun in a working tree and not ended: what is checked out is then in between. */
enum UnderWay {
    MERGE("A merge"),
    REBASE("A rebase"),
    AM("Applying patches (git am)"),
    CHERRY_PICK("A cherry-pick"),
    REVERT("A revert"),
    BISECT("A bisection");

    private final String title;

    UnderWay(String title) {
        this.title = title;
    }

    /** @param data folder of the working tree's data: {@code .git}, or one below {@code .git/worktrees} */
    static Optional<UnderWay> in(Path data) throws IOException {
        if (Files.exists(data.resolve("MERGE_HEAD"))) return Optional.of(MERGE);
        if (Files.exists(data.resolve("rebase-apply/applying"))) return Optional.of(AM);
        if (Files.exists(data.resolve("rebase-apply")) || Files.exists(data.resolve("rebase-merge")))
            return Optional.of(REBASE);
        if (Files.exists(data.resolve("CHERRY_PICK_HEAD"))) return Optional.of(CHERRY_PICK);
        if (Files.exists(data.resolve("REVERT_HEAD"))) return Optional.of(REVERT);
        // Between two commits of several there is no other sign.
        var steps = data.resolve("sequencer/todo");
        if (Files.exists(steps))
            return Optional.of(Files.readString(steps).startsWith("revert") ? REVERT : CHERRY_PICK);
        return Files.exists(data.resolve("BISECT_LOG")) ? Optional.of(BISECT) : Optional.empty();
    }

    /** That it is, as the beginning of a sentence. */
    String isUnderWay() {
        return title + " is under way";
    }

    /** What to do about it, as a sentence without its end. */
    String remedy() {
        return this == BISECT ? "End it with: git bisect reset" : "Finish or abort it; git status says how";
    }
}
