package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Arguments of bubblewrap. The system is mounted as it is, without the right to write; what is private is hidden under
 * empty folders, and what a command needs of that is mounted over these. Order counts: what is mounted later covers what was
 * before.
 */
final class SandboxArguments {
    /** Homes, sockets of services, and disks of other systems. */
    private static final List<String> PRIVATE =
            List.of("/home", "/root", "/run", "/mnt", "/media", "/var/spool", "/var/mail");

    private static final List<String> SECRET_FILES =
            List.of("/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/sudoers");
    /** Below hidden folders, and needed by every program. */
    private static final List<String> SYSTEM = List.of("/run/current-system", "/run/opengl-driver", "/home/linuxbrew");

    private static final List<Path> TEMPORARY = List.of(Path.of("/tmp"), Path.of("/var/tmp"));

    private final List<String> arguments = new ArrayList<>();
    /** Places where nothing of the system is seen. */
    private final List<Path> hidden = new ArrayList<>();

    private final List<Path> mounted = new ArrayList<>();

    /** With a system that it may read, and private places that it does not see. */
    SandboxArguments(Collection<Path> hide) throws IOException {
        add("--die-with-parent", "--new-session");
        add("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try");
        add("--cap-drop", "ALL");
        add("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc");
        var places = new ArrayList<Path>();
        for (var place : PRIVATE) places.addAll(names(Path.of(place)));
        for (var place : hide) places.addAll(names(place));
        places.sort(Comparator.comparingInt(Path::getNameCount));
        for (var place : places) {
            if (place.getNameCount() == 0 || isHidden(place) || !Files.isDirectory(place)) continue;
            // A link to a folder that is hidden itself.
            if (!place.equals(place.toRealPath())) continue;
            hidden.add(place);
            add("--tmpfs", place.toString());
        }
        for (var file : SECRET_FILES) if (Files.exists(Path.of(file))) add("--ro-bind", "/dev/null", file);
        for (var needed : SYSTEM) read(Path.of(needed));
    }

    /** The addresses of name servers, which may lie among sockets. */
    SandboxArguments withNames() throws IOException {
        var servers = Path.of("/etc/resolv.conf");
        if (Files.exists(servers)) read(servers.toRealPath());
        return this;
    }

    SandboxArguments withoutNetwork() {
        add("--unshare-net");
        return this;
    }

    /** Has a folder in the place of another one, for writing. */
    SandboxArguments replace(Path place, Path folder) throws IOException {
        for (var name : names(place)) {
            if (!isHidden(name)) {
                if (!Files.isDirectory(name) || !name.equals(name.toRealPath())) continue;
                hidden.add(name);
            }
            mounted.remove(name);
            add("--bind", folder.toString(), name.toString());
        }
        return this;
    }

    /** Has a folder of its own in the place of those for temporary files. */
    SandboxArguments temporary(Path folder) throws IOException {
        for (var place : TEMPORARY) if (Files.isDirectory(place)) replace(place, folder);
        return this;
    }

    /** Shows a file or a folder, if it is hidden. */
    SandboxArguments read(Path path) throws IOException {
        if (!Files.exists(path)) return this;
        for (var name : names(path)) if (isHidden(name)) mount("--ro-bind", path, name);
        return this;
    }

    /** Shows a file or a folder for reading only, also below one that may be written. */
    SandboxArguments protect(Path path) throws IOException {
        if (!Files.exists(path)) return this;
        for (var name : names(path)) if (isHidden(name) || isMounted(name)) mount("--ro-bind", path, name);
        return this;
    }

    /** Permits writing to a file or a folder. */
    SandboxArguments write(Path path) throws IOException {
        if (!Files.exists(path)) return this;
        var real = path.toRealPath();
        for (var name : names(path)) if (isHidden(name) || name.equals(real)) mount("--bind", path, name);
        return this;
    }

    private void mount(String how, Path path, Path name) throws IOException {
        // Below what is mounted, links are as on the system, and bubblewrap cannot mount over them.
        if (isMounted(name) && !name.equals(path.toRealPath())) return;
        mounted.add(name);
        add(how, path.toString(), name.toString());
    }

    /** The command, in a folder. */
    List<String> command(Path program, Path folder, List<String> command) {
        var whole = new ArrayList<String>();
        whole.add(program.toString());
        whole.addAll(arguments);
        whole.addAll(List.of("--chdir", folder.toString(), "--"));
        whole.addAll(command);
        return whole;
    }

    /** A path, and what it is without links. */
    private static Collection<Path> names(Path path) throws IOException {
        var names = new LinkedHashSet<Path>();
        var name = path.toAbsolutePath().normalize();
        names.add(name);
        if (Files.exists(name)) names.add(name.toRealPath());
        return names;
    }

    private boolean isHidden(Path path) {
        return hidden.stream().anyMatch(path::startsWith);
    }

    private boolean isMounted(Path path) {
        return mounted.stream().anyMatch(place -> path.startsWith(place) && !path.equals(place));
    }

    /** Whether something is not seen, and may be shown. */
    boolean hides(Path path) throws IOException {
        for (var name : names(path)) if (isHidden(name)) return true;
        return false;
    }

    private void add(String... more) {
        arguments.addAll(List.of(more));
    }

    /** The folder of a repository whose objects are borrowed, if they are those of a person's. */
    static Optional<Path> folderOf(Path objects) {
        var git = objects.getParent();
        return git != null && git.endsWith(".git") ? Optional.ofNullable(git.getParent()) : Optional.empty();
    }
}
