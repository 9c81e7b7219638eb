package io.taskweaver.requirements.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Divides a code base into modules and says who uses whom. Tests belong to no module. */
public final class Modules {
    private Modules() {}

    /** The modules of a code base, by place: its folders, or the files of its only folder. */
    public static List<Module> of(CodeMap map) {
        var files = map.files().stream()
                .filter(file -> !file.isTest() && !file.declarations().isEmpty())
                .toList();
        boolean oneFolder = files.stream().map(SourceFile::folder).distinct().count() < 2;
        var groups = new TreeMap<String, List<SourceFile>>();
        for (var file : files)
            groups.computeIfAbsent(oneFolder ? file.path() : file.folder(), place -> new ArrayList<>())
                    .add(file);
        var names = names(groups.keySet(), oneFolder);
        var moduleOf = new HashMap<SourceFile, String>();
        groups.forEach(
                (place, members) -> members.forEach(file -> moduleOf.put(file, names.getOrDefault(place, place))));
        var imports = new ImportResolution(files);
        var modules = new ArrayList<Module>();
        groups.forEach((place, members) -> {
            var name = names.getOrDefault(place, place);
            modules.add(new Module(name, place, members, uses(name, members, imports, moduleOf)));
        });
        return modules;
    }

    private static List<String> uses(
            String name, List<SourceFile> members, ImportResolution imports, Map<SourceFile, String> moduleOf) {
        var uses = new TreeSet<String>();
        for (var file : members) for (var used : imports.of(file)) uses.add(moduleOf.getOrDefault(used, name));
        uses.remove(name);
        return List.copyOf(uses);
    }

    /** The last part of each place, with as many parts before it as make it unique. */
    private static Map<String, String> names(Set<String> places, boolean files) {
        var names = new HashMap<String, String>();
        var taken = new HashSet<String>();
        var open = new HashSet<>(places);
        for (int parts = 1; !open.isEmpty(); parts++) {
            var groups = new HashMap<String, List<String>>();
            for (var place : open)
                groups.computeIfAbsent(lastParts(place, parts, files), name -> new ArrayList<>())
                        .add(place);
            for (var group : groups.entrySet()) {
                var place =
                        group.getValue().stream().min(Comparator.naturalOrder()).orElseThrow();
                boolean unique = group.getValue().size() == 1 && !taken.contains(group.getKey());
                // The whole path is unique, but for files that differ in their ending only.
                boolean whole =
                        group.getKey().length() >= withoutEnding(place, files).length();
                if (unique) names.put(place, group.getKey());
                else if (whole) group.getValue().forEach(same -> names.put(same, same.isEmpty() ? "." : same));
                if (unique) taken.add(group.getKey());
            }
            open.removeAll(names.keySet());
        }
        return names;
    }

    private static String lastParts(String place, int count, boolean files) {
        if (place.isEmpty()) return ".";
        var parts = withoutEnding(place, files).split("/");
        return String.join("/", List.of(parts).subList(Math.max(0, parts.length - count), parts.length));
    }

    private static String withoutEnding(String place, boolean files) {
        int dot = place.lastIndexOf('.');
        return files && dot > place.lastIndexOf('/') + 1 ? place.substring(0, dot) : place;
    }
}
