package io.taskweaver.requirements.code;

import io.taskweaver.model.Language;
import java.util.List;
import java.util.Set;

/**
 * What one file declares and uses.
 *
 * @param path relative to the code base's root, '/' separated
 * @param packageName as the file states it; empty where the language has none
 * @param imports what it imports, as it is written there, without quotes
 * @param mentions names of types that occur in it
 * @param complete whether it was understood wholly; after a syntax error something may be missing
 */
public record SourceFile(
        String path,
        Language language,
        String packageName,
        List<Declaration> declarations,
        List<String> imports,
        Set<String> mentions,
        boolean complete) {
    public SourceFile {
        declarations = List.copyOf(declarations);
        imports = List.copyOf(imports);
        mentions = Set.copyOf(mentions);
    }

    /** The folder it lies in; empty for the root. */
    public String folder() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** Its name without folder and ending. */
    public String stem() {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** Whether it tests something, by the conventions of its language. */
    public boolean isTest() {
        var slashed = "/" + path;
        if (slashed.contains("/src/test/")
                || slashed.contains("/__tests__/")
                || slashed.contains("/test/")
                || slashed.contains("/tests/")) return true;
        var stem = stem();
        return switch (language) {
            case JAVA, KOTLIN -> stem.endsWith("Test") || stem.endsWith("Tests") || stem.endsWith("IT");
            case TYPESCRIPT, TSX, JAVASCRIPT -> stem.endsWith(".test") || stem.endsWith(".spec");
            case PYTHON -> stem.startsWith("test_") || stem.endsWith("_test") || stem.equals("conftest");
            case GO -> stem.endsWith("_test");
            case RUST -> false;
        };
    }
}
