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
 * A folder that no other user can access, from its creation on: mode 700, or an access control list with only the
 * owner.
 */
public final class OwnerFolder {
    private static final boolean MODES =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");

    private OwnerFolder() {}

    /** Creates a folder and its parents, if missing. */
    public static void create(Path folder) throws IOException {
        Files.createDirectories(folder, MODES ? PosixFilePermissions.asFileAttribute(MODE) : ownList());
    }

    /**
     * Removes rights of other users from an existing folder.
     *
     * @return the previous mode, e.g. {@code rwxr-xr-x}, or the names of users with rights; empty if there were none
     */
    public static Optional<String> tighten(Path folder) throws IOException {
        var before = rightsOfOthers(folder);
        if (before.isEmpty()) return before;
        if (MODES) Files.setPosixFilePermissions(folder, MODE);
        else Files.getFileAttributeView(folder, AclFileAttributeView.class).setAcl(List.of(entry()));
        return before;
    }

    /** Rights of other users: the mode, or the names of users with rights; empty if there are none. */
    public static Optional<String> rightsOfOthers(Path folder) throws IOException {
        if (MODES) {
            var mode = Files.getPosixFilePermissions(folder);
            return MODE.containsAll(mode) ? Optional.empty() : Optional.of(PosixFilePermissions.toString(mode));
        }
        var view = Files.getFileAttributeView(folder, AclFileAttributeView.class);
        if (view == null) return Optional.empty(); // A file system without rights: there are none to remove.
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

    /** Whether other users can write in a folder, so that its content may be theirs. */
    public static boolean isWrittenByOthers(Path folder) throws IOException {
        if (!MODES) return rightsOfOthers(folder).isPresent(); // Access control lists are not analysed here.
        var mode = Files.getPosixFilePermissions(folder);
        return mode.contains(PosixFilePermission.GROUP_WRITE) || mode.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** The owner of a file or folder, if it is not the user of this process. */
    public static Optional<String> otherOwner(Path path, LinkOption... links) throws IOException {
        var owner = Files.getOwner(path, links);
        boolean own = MODES
                ? ((Number) Files.getAttribute(path, "unix:uid", links)).longValue() == new UnixSystem().getUid()
                : owner.equals(ownerOfNewFiles());
        return own ? Optional.empty() : Optional.of(owner.getName());
    }

    /** On Windows it may be a group, as for administrators. */
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
