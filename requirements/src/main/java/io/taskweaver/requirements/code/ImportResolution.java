package io.taskweaver.requirements.code;

import io.taskweaver.model.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds which files of a code base a file uses: what it imports, by the rules of its language as far as paths tell, and the
 * types that it mentions. What is not in the code base is a library and is left out.
 */
final class ImportResolution {
    /** An import may name a member of a type of a type. */
    private static final int DEEPEST_MEMBER = 3;

    private final Map<String, SourceFile> byType = new HashMap<>();
    private final Map<String, List<SourceFile>> byStem = new HashMap<>();
    private final Map<String, List<SourceFile>> byFolder = new HashMap<>();
    private final Map<String, SourceFile> byPath = new HashMap<>();

    ImportResolution(List<SourceFile> files) {
        for (var file : files) {
            byPath.put(withoutEnding(file.path()), file);
            byStem.computeIfAbsent(moduleStem(file), stem -> new ArrayList<>()).add(file);
            byFolder.computeIfAbsent(file.folder(), folder -> new ArrayList<>()).add(file);
            for (var declaration : file.declarations())
                if (declaration.isType() && declaration.owner().isEmpty())
                    byType.putIfAbsent(scope(file) + "." + declaration.name(), file);
        }
    }

    /** The files that a file uses, without itself, in the order in which it names them. */
    Set<SourceFile> of(SourceFile file) {
        var used = new LinkedHashSet<SourceFile>();
        for (var name : file.imports()) resolve(file, name).forEach(used::add);
        for (var mention : file.mentions().stream().sorted().toList())
            Optional.ofNullable(byType.get(scope(file) + "." + mention)).ifPresent(used::add);
        used.remove(file);
        return used;
    }

    private Stream<SourceFile> resolve(SourceFile file, String name) {
        return switch (file.language()) {
            case JAVA, KOTLIN -> type(file, name);
            case TYPESCRIPT, TSX, JAVASCRIPT -> name.startsWith(".") ? relative(file, name) : Stream.empty();
            case PYTHON -> python(file, name);
            case GO -> folder(name);
            case RUST -> suffix(file, List.of(name.split("::")));
        };
    }

    /** A type, a member of one, or a whole package of which the mentioned types count. */
    private Stream<SourceFile> type(SourceFile file, String name) {
        var qualified = name;
        for (int i = 0; i < DEEPEST_MEMBER && !qualified.isEmpty(); i++) {
            var found = byType.get(qualified);
            if (found != null) return Stream.of(found);
            int dot = qualified.lastIndexOf('.');
            qualified = dot < 0 ? "" : qualified.substring(0, dot);
        }
        return file.mentions().stream()
                .sorted()
                .map(mention -> Optional.ofNullable(byType.get(name + "." + mention)))
                .flatMap(Optional::stream);
    }

    private Stream<SourceFile> relative(SourceFile file, String name) {
        var path = joined(file.folder(), name);
        return Stream.of(path, withoutEnding(path), path.isEmpty() ? "index" : path + "/index")
                .map(candidate -> Optional.ofNullable(byPath.get(candidate)))
                .flatMap(Optional::stream)
                .limit(1);
    }

    private Stream<SourceFile> python(SourceFile file, String name) {
        int dots = 0;
        while (dots < name.length() && name.charAt(dots) == '.') dots++;
        var segments = Stream.of(name.substring(dots).split("\\."))
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (dots == 0) return suffix(file, segments);
        var base = joined(file.folder(), dots == 1 ? "." : "../".repeat(dots - 1));
        for (int length = segments.size(); length >= 0; length--) {
            var path = joined(base, String.join("/", segments.subList(0, length)));
            var found =
                    Optional.ofNullable(byPath.get(path)).or(() -> Optional.ofNullable(byPath.get(path + "/__init__")));
            if (found.isPresent()) return found.stream();
        }
        return Stream.empty();
    }

    /** The file whose path ends with most of the segments; what comes after a file is what it declares. */
    private Stream<SourceFile> suffix(SourceFile file, List<String> all) {
        var segments = all.stream()
                .filter(segment -> !segment.equals("crate") && !segment.equals("self") && !segment.equals("super"))
                .toList();
        for (int length = segments.size(); length > 0; length--) {
            var path = String.join("/", segments.subList(0, length));
            int wanted = length;
            var found = byStem.getOrDefault(segments.get(length - 1), List.of()).stream()
                    .filter(other -> other.language() == file.language() && endsWith(modulePath(other), path))
                    // One word alone says too little about where the file lies.
                    .filter(other -> wanted > 1 || isNear(file, other))
                    .toList();
            if (found.size() == 1) return found.stream();
        }
        return Stream.empty();
    }

    private static boolean isNear(SourceFile file, SourceFile other) {
        var folder = other.folder();
        return folder.equals(file.folder())
                || folder.isEmpty()
                || folder.equals("src")
                || folder.startsWith(file.folder() + "/")
                || file.folder().startsWith(folder + "/");
    }

    /** The files of the folder that is the longest end of an import's path. */
    private Stream<SourceFile> folder(String name) {
        var segments = List.of(name.split("/"));
        for (int from = 0; from < segments.size(); from++) {
            var files = byFolder.get(String.join("/", segments.subList(from, segments.size())));
            if (files != null) return files.stream().filter(file -> file.language() == Language.GO);
        }
        return Stream.empty();
    }

    /** Where a type's simple name is enough: its package, or else its folder. */
    private static String scope(SourceFile file) {
        return switch (file.language()) {
            case JAVA, KOTLIN -> file.packageName();
            case TYPESCRIPT, TSX, JAVASCRIPT, PYTHON, GO, RUST -> file.folder() + "/" + file.language();
        };
    }

    /** A file that stands for its folder is called as the folder is. */
    private static String modulePath(SourceFile file) {
        boolean standsForFolder = file.stem().equals("__init__") || file.stem().equals("mod");
        return standsForFolder ? file.folder() : withoutEnding(file.path());
    }

    private static String moduleStem(SourceFile file) {
        var path = modulePath(file);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean endsWith(String path, String suffix) {
        return path.equals(suffix) || path.endsWith("/" + suffix);
    }

    private static String withoutEnding(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 && Language.of(path).isPresent() ? path.substring(0, dot) : path;
    }

    /** A path relative to a folder, with "." and ".." worked out. */
    private static String joined(String folder, String relative) {
        var parts = new ArrayList<String>();
        for (var part : (folder + "/" + relative).split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) parts.add(part);
        }
        return String.join("/", parts);
    }
}
