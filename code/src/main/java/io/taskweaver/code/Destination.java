package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file or folder that a person names to be written to. It may be there already as something that must not be replaced, or
 * cannot be made; that is found out before anything is done.
 */
public final class Destination {
    private Destination() {}

    /**
     * Why nothing is written into a folder; one that is not there can be made.
     *
     * @param naming how to name another one, e.g. {@code with --out}; may be empty
     */
    public static Optional<Refusal> refusalOfFolder(Path folder, String naming) {
        var other = with("another folder", naming);
        var remedy = "Name " + other;
        if (isBlank(folder)) return Optional.of(new Refusal("The name of the folder is empty.", remedy));
        for (@Nullable Path each = folder; each != null; each = each.getParent()) {
            if (Files.isDirectory(each)) return Optional.empty();
            if (leadsNowhere(each)) return Optional.of(leadsNowhere(each, other));
            if (Files.exists(each)) return Optional.of(new Refusal(each + " is a file, not a folder.", remedy));
        }
        return Optional.empty();
    }

    /**
     * Why nothing is written to a file, a device or a pipe.
     *
     * @param naming as above
     */
    public static Optional<Refusal> refusalOfOutput(Path file, String naming) {
        var other = with("another file", naming);
        var remedy = "Name " + other;
        if (isBlank(file)) return Optional.of(new Refusal("The name of the file is empty.", remedy));
        if (Files.isDirectory(file)) return Optional.of(new Refusal(file + " is a folder.", remedy));
        if (leadsNowhere(file)) return Optional.of(leadsNowhere(file, other));
        var folder = file.getParent();
        return folder == null || Files.exists(file) ? Optional.empty() : refusalOfFolder(folder, naming);
    }

    /**
     * Why a file is not replaced. Devices and pipes are not: replacing is not writing to them.
     *
     * @param naming as above
     */
    public static Optional<Refusal> refusalOfFile(Path file, String naming) {
        if (!Files.isDirectory(file) && Files.exists(file) && !Files.isRegularFile(file))
            return Optional.of(new Refusal(file + " is no regular file.", "Name " + with("a file", naming)));
        return refusalOfOutput(file, naming);
    }

    /**
     * The file that a name means: what links lead to is replaced, and the links stay.
     *
     * @param file that {@link #refusalOfFile} has nothing against
     */
    public static Path behindLinks(Path file) throws IOException {
        return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    }

    private static String with(String what, String naming) {
        return what + (naming.isEmpty() ? "." : " " + naming + ".");
    }

    private static boolean isBlank(Path path) {
        return path.toString().isBlank();
    }

    private static boolean leadsNowhere(Path path) {
        return Files.isSymbolicLink(path) && !Files.exists(path);
    }

    private static Refusal leadsNowhere(Path link, String other) {
        return new Refusal(
                link + " is a link that leads nowhere" + target(link) + ".", "Delete the link, or name " + other);
    }

    private static String target(Path link) {
        try {
            return ", to " + Files.readSymbolicLink(link);
        } catch (IOException e) {
            return ""; // The rest of the sentence is right without it.
        }
    }
}
