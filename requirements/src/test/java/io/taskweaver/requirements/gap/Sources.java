package io.taskweaver.requirements.gap;

import io.taskweaver.model.Language;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Declaration;
import io.taskweaver.requirements.code.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Small code bases for tests: one type a file. */
public final class Sources {
    private final List<SourceFile> files = new ArrayList<>();

    /** A Java type with public operations, given as signatures such as {@code book(Slot slot)}, or constants such as {@code MAX = 5}. */
    public Sources type(String path, String... members) {
        var name = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
        var declarations = new ArrayList<Declaration>();
        declarations.add(new Declaration(Declaration.Kind.TYPE, "", name, "public class " + name, true, 1));
        for (var member : members) {
            int line = declarations.size() + 1;
            int equals = member.indexOf(" = ");
            declarations.add(
                    equals > 0
                            ? new Declaration(
                                    Declaration.Kind.CONSTANT,
                                    name,
                                    member.substring(0, equals),
                                    member.substring(equals + 3),
                                    true,
                                    line)
                            : new Declaration(
                                    Declaration.Kind.OPERATION,
                                    name,
                                    member.substring(0, member.indexOf('(')),
                                    "public void " + member,
                                    true,
                                    line));
        }
        return file(path, declarations, List.of());
    }

    /** A file with what it declares. */
    public Sources file(String path, List<Declaration> declarations, List<String> imports) {
        var folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        files.add(new SourceFile(
                path,
                Language.of(path).orElseThrow(),
                folder.replace('/', '.'),
                declarations,
                imports,
                Set.of(),
                true));
        return this;
    }

    public CodeMap map() {
        return new CodeMap(files, List.of("docs/usage.md"), List.of());
    }
}
