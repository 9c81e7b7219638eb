package io.taskweaver.wire.files;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A folder that no other user of the machine gets into, from the moment that it exists: mode 700 where there are modes, else
 * a list of access rights with the owner's alone.
 */
public final class OwnerFolder {
    private static final boolean MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");

    private OwnerFolder() {}

    /** Makes a folder, and those above it, unless it is there. */
    public static void create(Path folder) throws IOException {
        Files.createDirectories(folder, MODES ? PosixFilePermissions.asFileAttribute(MODE) : ownList());
    }

    /**
     * Takes the rights of others away from a folder that is there.
     *
     * @return what they had: the mode, e.g. {@code rwxr-xr-x}, or the names of those who had any; nothing if it was as it
     *     should be
     */
    public static Optional<String> tighten(Path folder) throws IOException {
        var before = rightsOfOthers(folder);
        if (before.isEmpty()) return before;
        if (MODES) Files.setPosixFilePermissions(folder, MODE);
        else Files.getFileAttributeView(folder, AclFileAttributeView.class).setAcl(List.of(entry()));
        return before;
    }

    /** What others than its owner may do: the mode, or the names of those who may do anything; empty if that is nothing. */
    public static Optional<String> rightsOfOthers(Path folder) throws IOException {
        if (MODES) {
            var mode = Files.getPosixFilePermissions(folder);
            return MODE.containsAll(mode) ? Optional.empty() : Optional.of(PosixFilePermissions.toString(mode));
        }
        var view = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        if (view == null) return Optional.empty(); // A file system without rights: there are none to take away.
        var own = user();
        return Optional.of(view.getAcl().stream()
                        .filter(entry -> entry.type() == AclEntryType.ALLOW)
                        .map(AclEntry::principal)
                        .filter(principal -> !principal.equals(own))
                        .map(Principal::getName)
                        .distinct()
                        .collect(Collectors.joining(", ")))
                .filter(names -> !names.isEmpty());
    }

    /** Whether others than its owner may write in a folder, so that what is in it may be theirs. */
    public static boolean isWrittenByOthers(Path folder) throws IOException {
        if (!MODES) return rightsOfOthers(folder).isPresent(); // A list says too much to be told apart here.
        var mode = Files.getPosixFilePermissions(folder);
        return mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** The owner of a file or folder, if that is another user than the one of this process. */
    public static Optional<String> otherOwner(Path path, LinkOption... links) throws IOException {
        var owner = Files.getOwner(path, links);
        boolean own = MODES
                ? ((Number) Files.getAttribute(path, "unix:uid", links)).longValue() == new UnixSystem().getUid()
                : owner.equals(ownerOfNewFiles());
        return own ? Optional.empty() : Optional.of(owner.getName());
    }

    /** On Windows that may be a group, as for administrators. */
    private static UserPrincipal ownerOfNewFiles() throws IOException {
        var probe = Files.createTempFile("owner", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static UserPrincipal user() throws IOException {
        return FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
    }

    private static AclEntry entry() throws IOException {
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(user())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
    }

    private static FileAttribute<List<AclEntry>> ownList() throws IOException {
        var all = List.of(entry());
        return new FileAttribute<>() {
            @Override
            public String name() {
                return "acl:acl";
            }

            @Override
            public List<AclEntry> value() {
                return all;
            }
        };
    }
}
