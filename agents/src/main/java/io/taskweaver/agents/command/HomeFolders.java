package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What build tools keep in a home, and which of it is no secret. */
final class HomeFolders {
    /** Where version managers and installers put tools. */
    private static final List<String> TOOLS = List.of(
            ".asdf",
            ".bun/bin",
            ".cargo/bin",
            ".deno/bin",
            ".dotnet",
            ".fnm",
            ".ghcup",
            ".goenv",
            ".jabba",
            ".jdks",
            ".jenv",
            ".juliaup",
            ".linuxbrew",
            ".local/bin",
            ".local/lib",
            ".local/pipx",
            ".local/share/fnm",
            ".local/share/mise",
            ".local/share/pipx",
            ".local/share/pnpm",
            ".local/share/rtx",
            ".local/share/uv",
            ".nodenv",
            ".nvm",
            ".pyenv",
            ".rbenv",
            ".rustup",
            ".rvm",
            ".sdkman",
            ".volta",
            "anaconda3",
            "go/bin",
            "miniconda3",
            "miniforge3");

    /** What they download. */
    private static final List<String> CACHES = List.of(
            ".bun/install",
            ".bundle/cache",
            ".cabal/packages",
            ".cabal/store",
            ".cache/bazel",
            ".cache/ccache",
            ".cache/composer",
            ".cache/coursier",
            ".cache/Cypress",
            ".cache/deno",
            ".cache/electron",
            ".cache/go-build",
            ".cache/golangci-lint",
            ".cache/ms-playwright",
            ".cache/node",
            ".cache/node-gyp",
            ".cache/pip",
            ".cache/pnpm",
            ".cache/pre-commit",
            ".cache/puppeteer",
            ".cache/pypoetry",
            ".cache/sccache",
            ".cache/turbo",
            ".cache/uv",
            ".cache/yarn",
            ".cache/zig",
            ".cargo/git",
            ".cargo/registry",
            ".composer/cache",
            ".gradle/caches",
            ".gradle/jdks",
            ".gradle/native",
            ".gradle/wrapper",
            ".hex/packages",
            ".ivy2/cache",
            ".ivy2/local",
            ".konan",
            ".m2/repository",
            ".m2/wrapper",
            ".mix/archives",
            ".mix/elixir",
            ".npm",
            ".nuget/packages",
            ".pub-cache/hosted",
            ".sbt/boot",
            ".stack/pantry",
            ".stack/snapshots",
            ".yarn/berry",
            "go/pkg");

    /** Where they are told which registry to use; these may have passwords. */
    private static final List<String> SETTINGS = List.of(
            ".bundle/config",
            ".bunfig.toml",
            ".cargo/config",
            ".cargo/config.toml",
            ".condarc",
            ".config/composer/config.json",
            ".config/git/config",
            ".config/git/ignore",
            ".config/go/env",
            ".config/pip/pip.conf",
            ".config/pypoetry/config.toml",
            ".config/uv/uv.toml",
            ".gemrc",
            ".gitconfig",
            ".gradle/gradle.properties",
            ".gradle/init.gradle",
            ".gradle/init.gradle.kts",
            ".m2/settings.xml",
            ".m2/toolchains.xml",
            ".mavenrc",
            ".npmrc",
            ".nuget/NuGet/NuGet.Config",
            ".pip/pip.conf",
            ".sbt/repositories",
            ".yarnrc",
            ".yarnrc.yml");

    private static final Pattern SECRET = Pattern.compile(
            "token|passw|secret|credential|_auth|api[-_]?key|private[-_]?key|://[^/\\s:@]*:[^/\\s@]+@",
            Pattern.CASE_INSENSITIVE);
    private static final long LONGEST = 1 << 20;

    /** Folders of programs. */
    private static final Set<String> PROGRAMS = Set.of("bin", "sbin", "shims", "condabin");
    /** Their folders of programs lie beside other things. */
    private static final Set<String> SHARED = Set.of(
            ".cargo", ".local", ".docker", ".config", ".composer", ".gem", ".cache", ".npm", ".bun", ".deno", "go");

    private static final String MODULES = "node_modules";

    private final Path home;

    HomeFolders(Path home) {
        this.home = home;
    }

    /** Tools that exist. */
    List<Path> tools() {
        return existing(TOOLS).toList();
    }

    /** Caches that exist. */
    List<Path> caches() {
        return existing(CACHES).filter(Files::isDirectory).toList();
    }

    /** Settings of tools, without those that may have a secret. */
    List<Path> settings() {
        return existing(SETTINGS).filter(file -> !maybeSecret(file)).toList();
    }

    /** Settings of tools that may have a secret. */
    List<Path> secretSettings() {
        return existing(SETTINGS).filter(HomeFolders::maybeSecret).toList();
    }

    private Stream<Path> existing(List<String> names) {
        return names.stream().map(home::resolve).filter(Files::exists);
    }

    private static boolean maybeSecret(Path file) {
        try {
            return Files.size(file) > LONGEST
                    || SECRET.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            return true; // What cannot be read here cannot be read there.
        }
    }

    /** The folder that a program needs, by the folder that it lies in. */
    Path installation(Path folder) {
        for (int i = 0; i < folder.getNameCount(); i++)
            if (folder.getName(i).toString().equals(MODULES)) {
                var root = folder.getRoot();
                var modules = folder.subpath(0, i + 1);
                return root == null ? modules : root.resolve(modules);
            }
        var parent = folder.getParent();
        var name = folder.getFileName();
        boolean whole = name != null
                && PROGRAMS.contains(name.toString())
                && parent != null
                && parent.getNameCount() > 1
                && !parent.equals(home)
                && !(home.equals(parent.getParent())
                        && SHARED.contains(parent.getFileName().toString()));
        return whole && parent != null ? parent : folder;
    }
}
