package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Commits that somebody made in a work tree. No program is run for them: whoever worked there may have configured some. */
public final class OwnCommits {
    private static final int MOST = 100;

    private OwnCommits() {}

    /**
     * The messages of commits that the checked out one has and the start had not, in their order; none if whoever worked
     * there left no repository that can be read.
     *
     * @param root folder of the work tree
     * @param start commit that it was made from
     */
    public static List<String> messages(Path root, String start) {
        var git = root.resolve(".git");
        if (!Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) return List.of();
        try (var repository = (FileRepository)
                        new FileRepositoryBuilder().setGitDir(git.toFile()).build();
                var walk = new RevWalk(repository)) {
            var head = repository.resolve("HEAD");
            if (head == null || head.name().equals(start)) return List.of();
            walk.sort(RevSort.TOPO);
            walk.markStart(walk.parseCommit(head));
            walk.markUninteresting(walk.parseCommit(ObjectId.fromString(start)));
            var messages = new ArrayList<String>();
            for (var commit = walk.next(); commit != null && messages.size() < MOST; commit = walk.next())
                if (commit.getParentCount() < 2) messages.add(commit.getFullMessage());
            Collections.reverse(messages);
            return messages;
        } catch (IOException | RuntimeException e) {
            System.getLogger(OwnCommits.class.getName())
                    .log(System.Logger.Level.DEBUG, "The commits in a work tree cannot be read: " + root, e);
            return List.of();
        }
    }
}
