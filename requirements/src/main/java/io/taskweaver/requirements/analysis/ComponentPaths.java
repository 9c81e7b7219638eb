package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where components are: paths in their names, behind them, in lines about them and in trees. */
final class ComponentPaths {
    private static final String NAME = "[\\p{L}\\p{N}@._-]+";
    private static final Pattern PATH = Pattern.compile(
            "(?<![\\p{L}\\p{N}:/.@-])(?:\\.{0,2}/)?" + NAME + "(?:/" + NAME + ")*/?(?:\\*{1,2})?(?![\\p{L}\\p{N}/:])");
    private static final Pattern WHOLE = Pattern.compile("`?(?:\\.{0,2}/)?" + NAME + "(?:/" + NAME + ")*/?`?");
    private static final Pattern ENDING = Pattern.compile(".*\\.[a-z][a-z0-9]{0,4}");
    private static final Pattern PARENTHESES = Pattern.compile("[(（\\[]([^()（）\\[\\]]+)[)）\\]]|`([^`]+)`");

    /** Folders that hold the code of parts, each in a folder of its own. */
    private static final Set<String> ROOTS = Words.set("""
        src app apps packages services modules internal cmd crates pkg lib libs components source sources server client
        backend frontend main java kotlin python projects plugins contexts domains features
        """);

    /** Folders that are no part of a product. */
    private static final Set<String> OTHERS = Words.set("""
        test tests spec specs doc docs config configs assets public static scripts bin dist build target node_modules
        vendor migrations fixtures resources tools infra deploy docker github vscode examples types utils util common
        shared helpers constants styles images img
        """);

    private ComponentPaths() {}

    /** Whether a name is a path itself: {@code src/api}, {@code api/}. */
    static boolean isPath(String name) {
        var text = name.strip();
        return text.indexOf('/') >= 0 && WHOLE.matcher(text).matches();
    }

    static boolean isFile(String path) {
        return ENDING.matcher(path).matches();
    }

    /** A component that a path names, by its last folder; empty for a file, and for a folder that holds no part. */
    static Optional<Component> named(String path, String description) {
        var plain = plain(path);
        var last = plain.substring(plain.lastIndexOf('/') + 1);
        if (last.isEmpty() || ENDING.matcher(last).matches() || isOther(last)) return Optional.empty();
        return Headings.component(readable(last))
                .map(found -> new Component(found.name(), description, List.of(), List.of(plain)));
    }

    private static boolean isOther(String folder) {
        var name = folder.toLowerCase(Locale.ROOT);
        return name.startsWith(".") || OTHERS.contains(name) || ROOTS.contains(name);
    }

    private static String readable(String folder) {
        var words = folder.replaceAll("[-_.]+", " ").strip();
        return words.isEmpty() ? folder : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** Paths in a line whose label says that it names some. */
    static List<String> listed(String text) {
        var paths = new LinkedHashSet<String>();
        var match = PATH.matcher(text.replace("`", " "));
        while (match.find()) {
            var path = match.group();
            boolean is = path.indexOf('/') >= 0
                    || ENDING.matcher(path).matches()
                    || text.strip().replace("`", "").equals(path);
            if (is) paths.add(plain(path));
        }
        paths.remove("");
        return List.copyOf(paths);
    }

    /** Paths in parentheses or code, which stand behind a name. */
    static List<String> behind(String text) {
        var paths = new ArrayList<String>();
        var match = PARENTHESES.matcher(text);
        while (match.find()) {
            var inner = Optional.ofNullable(match.group(1))
                    .orElseGet(() -> match.group(2))
                    .replace("`", "")
                    .strip();
            if (isPath(inner)) paths.add(plain(inner));
        }
        return paths;
    }

    private static String plain(String path) {
        return path.strip()
                .replace("`", "")
                .replaceFirst("^\\./", "")
                .replaceFirst("/?\\*+$", "")
                .replaceFirst("/+$", "");
    }

    /** The folder of a tree that is called as a component is, if there is one only. */
    static List<String> inTrees(Component component, List<TreeReader.Folder> folders) {
        var names = new LinkedHashSet<String>();
        names.add(key(component.name()));
        component.aliases().forEach(alias -> names.add(key(alias)));
        var found = folders.stream()
                .map(TreeReader.Folder::path)
                .filter(path -> names.contains(key(path.substring(path.lastIndexOf('/') + 1))))
                .distinct()
                .toList();
        return found.size() == 1 ? found : List.of();
    }

    private static String key(String name) {
        return String.join("", Words.singulars(readable(name)));
    }

    /** The components of a tree: folders with a remark, else those right below where code is. */
    static List<Component> ofTrees(List<TreeReader.Folder> folders) {
        var explained = new ArrayList<Component>();
        var placed = new ArrayList<Component>();
        for (var folder : folders) {
            var path = folder.path();
            int slash = path.lastIndexOf('/');
            var above = slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
            var found = named(path, folder.remark());
            if (found.isEmpty() || slash < 0) continue;
            if (!folder.remark().isEmpty()) explained.add(found.get());
            if (ROOTS.contains(above.toLowerCase(Locale.ROOT))) placed.add(found.get());
        }
        return explained.size() > 1 ? explained : placed;
    }
}
