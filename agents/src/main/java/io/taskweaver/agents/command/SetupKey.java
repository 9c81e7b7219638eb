package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names what a set-up command makes: the same name, the same outcome. It depends on the command, on the files that say what
 * is installed, on files that the command names, on what was brought along, and on the kind of machine. Where there is no
 * such file, it depends on all of the code.
 */
record SetupKey(String value) {
    /** Changes with what is kept of a set-up. */
    private static final String FORMAT = "1";

    private static final int CHARACTERS = 32;

    private static final Set<String> NAMES = Set.of(
            // JavaScript
            "package.json",
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            ".yarnrc",
            ".yarnrc.yml",
            "pnpm-lock.yaml",
            "pnpm-workspace.yaml",
            ".pnpmfile.cjs",
            ".npmrc",
            "lerna.json",
            "bun.lock",
            "bun.lockb",
            "deno.json",
            "deno.jsonc",
            "deno.lock",
            // Python
            "pyproject.toml",
            "poetry.lock",
            "uv.lock",
            "pdm.lock",
            "Pipfile",
            "Pipfile.lock",
            "setup.py",
            "setup.cfg",
            "environment.yml",
            "environment.yaml",
            // Rust, Go
            "Cargo.toml",
            "Cargo.lock",
            "rust-toolchain",
            "rust-toolchain.toml",
            "go.mod",
            "go.sum",
            "go.work",
            "go.work.sum",
            // Java
            "pom.xml",
            "maven-wrapper.properties",
            "maven.config",
            "extensions.xml",
            "build.gradle",
            "build.gradle.kts",
            "settings.gradle",
            "settings.gradle.kts",
            "gradle.properties",
            "gradle.lockfile",
            "buildscript-gradle.lockfile",
            "gradle-wrapper.properties",
            "libs.versions.toml",
            "build.sbt",
            "deps.edn",
            "project.clj",
            // others
            "Gemfile",
            "Gemfile.lock",
            "composer.json",
            "composer.lock",
            "mix.exs",
            "mix.lock",
            "rebar.config",
            "rebar.lock",
            "stack.yaml",
            "stack.yaml.lock",
            "cabal.project",
            "cabal.project.freeze",
            "pubspec.yaml",
            "pubspec.lock",
            "Package.swift",
            "Package.resolved",
            "Podfile",
            "Podfile.lock",
            "packages.lock.json",
            "Directory.Packages.props",
            "nuget.config",
            "global.json",
            "paket.dependencies",
            "paket.lock",
            "vcpkg.json",
            "conanfile.txt",
            "conanfile.py",
            "conan.lock",
            "flake.nix",
            "flake.lock",
            "MODULE.bazel",
            "MODULE.bazel.lock",
            "renv.lock",
            "Manifest.toml",
            "Project.toml",
            // versions of tools, and what makes run
            ".tool-versions",
            ".nvmrc",
            ".node-version",
            ".python-version",
            ".ruby-version",
            ".java-version",
            "mise.toml",
            "Makefile",
            "justfile",
            "Taskfile.yml");

    private static final Pattern KINDS = Pattern.compile(
            "(?:requirements|constraints)[^/]*\\.(?:txt|in)|.+\\.(?:gemspec|cabal|csproj|fsproj|vbproj|opam|nimble)");

    /** Words of a command that may name a file. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s;&|()<>'\"`=]+");

    /** The key of a work tree of this code. */
    static SetupKey of(AgentCode code) throws IOException {
        var named = named(code);
        var blobs = code.repository().blobs(code.tree(), path -> isManifest(path) || named.contains(path));
        return blobs.isEmpty() ? exact(code) : key(code, blobs, "");
    }

    /** The key of a work tree of exactly this code. */
    static SetupKey exact(AgentCode code) {
        return key(code, Map.of(), code.tree());
    }

    /** Whether a file says what is installed. */
    static boolean isManifest(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return NAMES.contains(name) || KINDS.matcher(name).matches();
    }

    /** Paths that words of the command may mean. */
    private static Set<String> named(AgentCode code) {
        var named = new TreeSet<String>();
        for (var word : BETWEEN_WORDS.split(code.preparation().setup().orElse(""), -1)) {
            var path = word.startsWith("./") ? word.substring(2) : word;
            named.add(code.prefix().isEmpty() ? path : code.prefix() + "/" + path);
        }
        return named;
    }

    private static SetupKey key(AgentCode code, Map<String, String> blobs, String tree) {
        var digest = sha256();
        add(digest, FORMAT);
        add(digest, code.preparation().setup().orElse(""));
        add(digest, code.preparation().brought().orElse(""));
        add(digest, code.prefix());
        add(digest, System.getProperty("os.name", ""));
        add(digest, System.getProperty("os.arch", ""));
        add(digest, tree);
        blobs.forEach((path, blob) -> {
            add(digest, path);
            add(digest, blob);
        });
        return new SetupKey(HexFormat.of().formatHex(digest.digest()).substring(0, CHARACTERS));
    }

    /** Each part is preceded by its length, so that moving text from one part to the next changes the digest. */
    private static void add(MessageDigest digest, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
