package io.taskweaver.contexts;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.SourceLanguages;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an existing code base shows of how it is written: languages, build tool, tests, names. One statement a line, for
 * a prompt; each statement is shown by a file.
 */
public final class Conventions {
    private static final int MOST_LANGUAGES = 3;
    private static final int FEW = 3;

    /** Build files by their names in lower case; a lock file says more than what it locks. */
    private static final Map<String, String> BUILDS = ordered(
            "pom.xml", "Maven",
            "build.gradle.kts", "Gradle",
            "build.gradle", "Gradle",
            "pnpm-lock.yaml", "pnpm",
            "yarn.lock", "Yarn",
            "package.json", "npm",
            "uv.lock", "uv",
            "poetry.lock", "Poetry",
            "pyproject.toml", "Python project",
            "requirements.txt", "pip",
            "cargo.toml", "Cargo",
            "go.mod", "Go modules",
            "gemfile", "Bundler",
            "composer.json", "Composer",
            "makefile", "Make");

    private static final Map<String, String> TEST_LIBRARIES = ordered(
            "junit-jupiter", "JUnit 5",
            "org.junit.jupiter", "JUnit 5",
            "testng", "TestNG",
            "kotest", "Kotest",
            "\"vitest\"", "Vitest",
            "\"jest\"", "Jest",
            "\"mocha\"", "Mocha",
            "@playwright/test", "Playwright",
            "pytest", "pytest",
            "rspec", "RSpec",
            "phpunit", "PHPUnit");

    private static final Set<String> RULES =
            Set.of("contributing.md", "agents.md", "claude.md", ".editorconfig", ".cursorrules", "style.md");
    private static final Set<String> CHECKS = Words.set("""
        .eslintrc.json .eslintrc.js eslint.config.js eslint.config.mjs .prettierrc checkstyle.xml ruff.toml .flake8
        rustfmt.toml .golangci.yml biome.json
        """);
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\s+([\\w.]+)");

    private final List<CodeFile> code;
    private final List<CodeFile> sources;
    private final List<String> statements = new ArrayList<>();

    private Conventions(List<CodeFile> code) {
        this.code = code;
        this.sources = code.stream().filter(file -> language(file).isPresent()).toList();
    }

    /** Statements about a code base, none for an empty one. */
    public static List<String> of(List<CodeFile> code) {
        var sorted = code.stream().sorted(Comparator.comparing(CodeFile::path)).toList();
        return new Conventions(sorted).read();
    }

    private List<String> read() {
        if (sources.isEmpty() && code.stream().noneMatch(file -> BUILDS.containsKey(name(file)))) return List.of();
        languages();
        names("Build", BUILDS);
        commands();
        tests();
        naming();
        packages();
        listed("Checked by", CHECKS);
        listed("Rules for contributors", RULES);
        return List.copyOf(statements);
    }

    private void languages() {
        var counts = new TreeMap<String, List<CodeFile>>();
        for (var file : sources)
            counts.computeIfAbsent(language(file).orElseThrow(), language -> new ArrayList<>())
                    .add(file);
        counts.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, List<CodeFile>> entry) ->
                        -entry.getValue().size()))
                .limit(MOST_LANGUAGES)
                .forEach(entry -> {
                    var folder = commonFolder(entry.getValue());
                    statements.add("Language: " + entry.getKey() + " ("
                            + counted(entry.getValue().size())
                            + (folder.isEmpty() ? "" : " below `" + folder + "`") + ")");
                });
    }

    /** The build files that lie nearest to the root. */
    private void names(String label, Map<String, String> known) {
        var found = new LinkedHashMap<String, String>();
        for (var entry : known.entrySet())
            code.stream()
                    .filter(file -> name(file).equals(entry.getKey()))
                    .min(Comparator.comparingInt((CodeFile file) -> depth(file.path()))
                            .thenComparing(CodeFile::path))
                    .ifPresent(file -> found.putIfAbsent(entry.getValue(), file.path()));
        if (found.containsKey("pnpm") || found.containsKey("Yarn")) found.remove("npm");
        if (found.containsKey("uv") || found.containsKey("Poetry")) found.remove("Python project");
        found.forEach((tool, path) -> statements.add(label + ": " + tool + " (`" + path + "`)"));
    }

    /** How the project is built and tested, as its build files at the root say. */
    private void commands() {
        var commands = new LinkedHashSet<String>();
        if (has("pom.xml")) commands.add(has("mvnw") ? "./mvnw verify" : "mvn verify");
        if (has("build.gradle") || has("build.gradle.kts"))
            commands.add(has("gradlew") ? "./gradlew build" : "gradle build");
        if (has("package.json")) {
            var runner = has("pnpm-lock.yaml") ? "pnpm" : has("yarn.lock") ? "yarn" : "npm";
            for (var script : List.of("build", "test", "lint"))
                if (says("package.json", "\"" + script + "\"\\s*:\\s*\"")) commands.add(runner + " run " + script);
        }
        if (has("cargo.toml")) commands.addAll(List.of("cargo build", "cargo test"));
        if (has("go.mod")) commands.addAll(List.of("go build ./...", "go test ./..."));
        if (has("package.swift")) commands.addAll(List.of("swift build", "swift test"));
        if (has("mix.exs")) commands.add("mix test");
        if (has("pubspec.yaml")) commands.add(says("pubspec.yaml", "(?m)^\\s*flutter:") ? "flutter test" : "dart test");
        boolean runsPytest = has("pytest.ini")
                || says("pyproject.toml", "pytest")
                || says("requirements.txt", "(?m)^pytest")
                || says("setup.cfg", "pytest");
        if (runsPytest) commands.add(has("uv.lock") ? "uv run pytest" : "pytest");
        for (var target : List.of("build", "test", "check"))
            if (says("makefile", "(?m)^" + target + "\\s*:(?!=)")) commands.add("make " + target);
        if (!commands.isEmpty())
            statements.add("Build and test: "
                    + commands.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")));
    }

    private boolean has(String path) {
        return code.stream().anyMatch(file -> file.path().equalsIgnoreCase(path));
    }

    private boolean says(String path, String pattern) {
        return code.stream()
                .filter(file -> file.path().equalsIgnoreCase(path))
                .flatMap(file -> file.content().stream())
                .anyMatch(text -> Pattern.compile(pattern).matcher(text).find());
    }

    private void tests() {
        var tests = sources.stream().filter(file -> isTest(file.path())).toList();
        Set<String> libraries = new LinkedHashSet<>();
        for (var file : code) {
            if (!BUILDS.containsKey(name(file)) && !isTest(file.path())) continue;
            file.content()
                    .ifPresent(text -> TEST_LIBRARIES.forEach((word, library) -> {
                        if (text.contains(word)) libraries.add(library);
                    }));
        }
        if (tests.stream().anyMatch(file -> file.path().endsWith("_test.go"))) libraries.add("go test");
        if (libraries.isEmpty() && tests.isEmpty()) {
            statements.add("Tests: none yet");
            return;
        }
        var with = libraries.isEmpty() ? "no test library" : String.join(", ", libraries);
        statements.add("Tests: " + with
                + (tests.isEmpty()
                        ? ""
                        : "; " + counted(tests.size()) + ", e.g. `"
                                + tests.getFirst().path() + "`"));
    }

    private void naming() {
        var styles = new TreeMap<String, List<String>>();
        for (var file : sources) {
            var name = file.path().substring(file.path().lastIndexOf('/') + 1);
            style(name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.')))
                    .ifPresent(style -> styles.computeIfAbsent(style, key -> new ArrayList<>())
                            .add(name));
        }
        styles.entrySet().stream()
                .filter(entry ->
                        entry.getValue().size() >= FEW && entry.getValue().size() * 5 >= sources.size() * 3)
                .findFirst()
                .ifPresent(entry -> statements.add("File names: " + entry.getKey() + ", e.g. `"
                        + entry.getValue().getFirst() + "`"));
    }

    private void packages() {
        var counts = new TreeMap<String, Integer>();
        for (var file : sources) {
            if (!file.path().endsWith(".java") && !file.path().endsWith(".kt")) continue;
            var stated = file.content().map(PACKAGE::matcher).filter(match -> match.find());
            stated.ifPresent(match -> counts.merge(match.group(1), 1, Integer::sum));
        }
        if (counts.isEmpty()) return;
        var common = counts.keySet().stream()
                .reduce((left, right) -> common(left, right, "."))
                .orElse("");
        if (!common.isEmpty()) statements.add("Packages: " + (counts.size() > 1 ? "below " : "") + "`" + common + "`");
    }

    private void listed(String label, Set<String> names) {
        var found = code.stream()
                .filter(file -> names.contains(name(file)))
                .map(file -> "`" + file.path() + "`")
                .limit(FEW)
                .toList();
        if (!found.isEmpty()) statements.add(label + ": " + String.join(", ", found));
    }

    private static Optional<String> style(String name) {
        if (matches(name, c -> Character.isLowerCase(c) || Character.isDigit(c))) return Optional.empty();
        if (name.indexOf('_') > 0 && name.equals(name.toLowerCase(Locale.ROOT))) return Optional.of("snake_case");
        if (name.indexOf('-') > 0 && name.equals(name.toLowerCase(Locale.ROOT))) return Optional.of("kebab-case");
        if (!matches(name, Character::isLetterOrDigit)) return Optional.empty();
        return Optional.of(Character.isUpperCase(name.charAt(0)) ? "PascalCase" : "camelCase");
    }

    private static boolean matches(String text, Predicate<Character> allowed) {
        return text.chars().allMatch(c -> allowed.test((char) c));
    }

    private static boolean isTest(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        var name = lower.substring(lower.lastIndexOf('/') + 1);
        return lower.startsWith("test/")
                || lower.startsWith("tests/")
                || lower.contains("/test/")
                || lower.contains("/tests/")
                || lower.contains("__tests__/")
                || name.startsWith("test_")
                || name.contains("_test.")
                || name.contains(".test.")
                || name.contains(".spec.");
    }

    private static String commonFolder(List<CodeFile> files) {
        var main = files.stream().filter(file -> !isTest(file.path())).toList();
        return (main.isEmpty() ? files : main)
                .stream()
                        .map(file ->
                                file.path().substring(0, Math.max(0, file.path().lastIndexOf('/'))))
                        .reduce((left, right) -> common(left, right, "/"))
                        .orElse("");
    }

    private static String common(String left, String right, String separator) {
        var first = left.split(Pattern.quote(separator), -1);
        var second = right.split(Pattern.quote(separator), -1);
        int equal = 0;
        while (equal < Math.min(first.length, second.length) && first[equal].equals(second[equal])) equal++;
        return String.join(separator, List.of(first).subList(0, equal));
    }

    private static Optional<String> language(CodeFile file) {
        return SourceLanguages.of(name(file));
    }

    private static String name(CodeFile file) {
        return file.path().substring(file.path().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    private static String counted(int files) {
        return files == 1 ? "1 file" : files + " files";
    }

    private static Map<String, String> ordered(String... pairs) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
        return map;
    }
}
