package io.taskweaver.code;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** Objects that a repository reads out of other repositories. */
final class BorrowedObjects {
    private BorrowedObjects() {}

    /**
     * Lets a repository read other folders with objects, and no more those that it read before. Git and JGit read one path a line.
     *
     * @param repository its own folder
     * @throws Git.GitException if one of them cannot be a line
     */
    static void borrow(Path repository, Path... objects) throws IOException {
        var lines = new ArrayList<String>();
        for (var each : objects) {
            var refused = FolderNames.refusal(each);
            if (refused.isPresent())
                throw new Git.GitException(
                        refused.get().reason() + " " + refused.get().remedy());
            lines.add(each.toAbsolutePath().toString());
        }
        Files.write(repository.resolve("objects/info/alternates"), lines);
    }

    /** The value of {@code GIT_ALTERNATE_OBJECT_DIRECTORIES} for a folder with objects: a path with a separator is quoted. */
    static String variable(Path objects) {
        var path = objects.toString();
        return path.contains(File.pathSeparator) ? GitPath.quoted(path.getBytes(StandardCharsets.UTF_8)) : path;
    }
}
