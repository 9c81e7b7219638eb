package io.taskweaver.scheduling.planning;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.SourceLanguages;
import io.taskweaver.requirements.analysis.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a project is written in. Its code says so if there is any: the language of most source files, else its build file.
 * Without code, its documents do: the files of their structure, else the technologies that its constraints name, else the files
 * that they name, else the commands, frameworks and kinds of program that they speak of.
 *
 * @param name as people write it
 * @param takesJava whether Java files belong into the project: it is Java, or another language of the same platform has
 *     most of its files, and some are Java
 * @param because what shows it
 */
record ProjectLanguage(String name, boolean takesJava, String because) {
    private static final Set<String> OF_JAVA_PLATFORM = Set.of("Kotlin", "Scala", "Groovy", "Clojure");

    /** Endings of what is the code of a project only where there are no source files. */
    private static final Map<String, String> MARKUP = Map.of(
            "vue", "JavaScript",
            "svelte", "JavaScript",
            "ipynb", "Python",
            "html", "HTML",
            "css", "CSS",
            "sh", "Shell",
            "tf", "Terraform");

    private record Build(String file, String language) {}

    private static final List<Build> BUILDS = List.of(
            new Build("pom.xml", SourceLanguages.JAVA),
            new Build("build.gradle", SourceLanguages.JAVA),
            new Build("build.gradle.kts", SourceLanguages.JAVA),
            new Build("tsconfig.json", "TypeScript"),
            new Build("package.json", "JavaScript"),
            new Build("pyproject.toml", "Python"),
            new Build("requirements.txt", "Python"),
            new Build("cargo.toml", "Rust"),
            new Build("go.mod", "Go"),
            new Build("gemfile", "Ruby"),
            new Build("composer.json", "PHP"),
            new Build("pubspec.yaml", "Dart"));

    /** A file that a text names: a path, or a name of at least two characters. */
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\p{L}\\p{N}_@:.-])(?:[\\p{L}\\p{N}_.@-]++/)*+[\\p{L}\\p{N}_-]{2,60}+(?:\\.[\\p{L}\\p{N}_-]{1,20})?\\.[a-z]{1,6}(?![\\p{L}\\p{N}_/])");

    /** What the code shows; empty if there is none, or none in a language that is known. */
    static Optional<ProjectLanguage> of(List<CodeFile> code) {
        var sources = new Tally();
        var markup = new Tally();
        for (var file : code) {
            SourceLanguages.of(file.path()).ifPresent(language -> sources.add(language, file.path()));
            Optional.ofNullable(MARKUP.get(ending(file.path())))
                    .ifPresent(language -> markup.add(language, file.path()));
        }
        return sources.most("source files").or(() -> ofBuild(code)).or(() -> markup.most("files of code"));
    }

    private static Optional<ProjectLanguage> ofBuild(List<CodeFile> code) {
        var names = new LinkedHashSet<String>();
        for (var file : code) names.add(fileName(file.path()).toLowerCase(Locale.ROOT));
        return BUILDS.stream()
                .filter(build -> names.contains(build.file()))
                .findFirst()
                .map(build -> new ProjectLanguage(
                        build.language(),
                        build.language().equals(SourceLanguages.JAVA),
                        "its build file is " + build.file()));
    }

    /**
     * What the documents say; where they say nothing of it, nothing is known.
     *
     * @param constraints what binds all tasks, in the documents' words
     */
    static Optional<ProjectLanguage> of(List<Document> documents, Structure structure, List<String> constraints) {
        var outline = new Tally();
        structure.files().forEach(outline::file);
        var stated = new Tally();
        for (var constraint : constraints) Technologies.named(constraint).forEach(stated::add);
        return outline.said("STRUCTURE.md lists ")
                .or(() -> stated.said("the constraints name "))
                .or(() -> files(documents).said("the documents name "))
                .or(() -> spoken(documents).said("the documents speak of "));
    }

    private static Tally files(List<Document> documents) {
        var named = new Tally();
        for (var document : documents)
            document.content().lines().filter(ProjectLanguage::mayNameFile).forEach(line -> {
                var match = FILE.matcher(line);
                while (match.find()) named.file(match.group());
            });
        return named;
    }

    private static boolean mayNameFile(String line) {
        for (int dot = line.indexOf('.', 1); dot > 0 && dot + 1 < line.length(); dot = line.indexOf('.', dot + 1))
            if (Character.isLowerCase(line.charAt(dot + 1))) return true;
        return false;
    }

    private static Tally spoken(List<Document> documents) {
        var spoken = new Tally();
        for (var document : documents) Technologies.spokenOf(document.content()).forEach(spoken::add);
        return spoken;
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Counts what shows each language. */
    private static final class Tally {
        private final Map<String, Set<String>> shown = new TreeMap<>();

        void add(Technologies.Technology technology) {
            add(technology.language(), technology.phrase());
        }

        void add(String language, String by) {
            shown.computeIfAbsent(language, first -> new LinkedHashSet<>()).add(by);
        }

        void file(String path) {
            SourceLanguages.of(path).ifPresent(language -> add(language, path));
        }

        /** The language that most shows; Java where several have as much, else the first by name. */
        private Optional<String> leading() {
            var order = Comparator.comparingInt((String language) -> -count(language))
                    .thenComparing(language -> !language.equals(SourceLanguages.JAVA));
            var languages = new ArrayList<>(shown.keySet());
            languages.sort(order);
            return languages.stream().findFirst();
        }

        private int count(String language) {
            return shown.getOrDefault(language, Set.of()).size();
        }

        private boolean takesJava(String language) {
            return language.equals(SourceLanguages.JAVA)
                    || (OF_JAVA_PLATFORM.contains(language) && count(SourceLanguages.JAVA) > 0);
        }

        Optional<ProjectLanguage> most(String what) {
            int all = shown.values().stream().mapToInt(Set::size).sum();
            return leading()
                    .map(language -> new ProjectLanguage(
                            language, takesJava(language), count(language) + " of " + all + " " + what));
        }

        Optional<ProjectLanguage> said(String how) {
            return leading()
                    .map(language -> new ProjectLanguage(
                            language,
                            takesJava(language),
                            how + "'"
                                    + shown.getOrDefault(language, Set.of())
                                            .iterator()
                                            .next() + "'"));
        }
    }
}
