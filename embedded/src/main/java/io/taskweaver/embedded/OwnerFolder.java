package io.taskweaver.embedded;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that no other user of the machine gets into, from the moment that it exists: mode 700 where there are modes, else
 * a list of access rights with the owner's alone.
 */
public final class OwnerFolder {
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rwx------");

    private OwnerFolder() {}

    /** Makes a folder, and those above it, unless it is there. */
    public static void create(Path folder) throws IOException {
        Files.createDirectories(folder, mode());
    }

    /**
     * Takes the rights of others away from a folder that is there.
     *
     * @return the mode that it had, e.g. {@code rwxr-xr-x}; nothing if it was as it should be, or if there are no modes
     */
    public static Optional<String> tighten(Path folder) throws IOException {
        var view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) return Optional.empty();
        var before = view.readAttributes().permissions();
        if (MODE.containsAll(before)) return Optional.empty();
        view.setPermissions(MODE);
        return Optional.of(PosixFilePermissions.toString(before));
    }

    private static FileAttribute<?> mode() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix"))
            return PosixFilePermissions.asFileAttribute(MODE);
        var owner = FileSystems.getDefault()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        var all = AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
        return new FileAttribute<List<AclEntry>>() {
            @Override
            public String name() {
                return "acl:acl";
            }

            @Override
            public List<AclEntry> value() {
                return List.of(all);
            }
        };
    }
}
