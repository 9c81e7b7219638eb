package io.taskweaver.requirements.code;

import java.util.List;

/**
 * A part of a code base: a folder of source files, or, where one folder holds everything, a type with what belongs to it.
 *
 * @param name short, unique in the code base
 * @param place its folder, or the file of its type
 * @param files what it consists of, tests left out
 * @param uses names of the modules that it uses, sorted
 */
public record Module(String name, String place, List<SourceFile> files, List<String> uses) {
    public Module {
        if (name.isBlank()) throw new IllegalArgumentException("a module needs a name");
        files = List.copyOf(files);
        uses = List.copyOf(uses);
    }

    /** Declarations that others can use. */
    public List<Declaration> open() {
        return files.stream()
                .flatMap(file -> file.declarations().stream())
                .filter(Declaration::open)
                .toList();
    }
}
