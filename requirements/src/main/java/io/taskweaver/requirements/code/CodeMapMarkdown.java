package io.taskweaver.requirements.code;

import java.util.TreeMap;

/** Writes a code map for people: what was read, then each module with its public types and operations and whom it uses. */
public final class CodeMapMarkdown {
    private CodeMapMarkdown() {}

    /** The map as Markdown. */
    public static String write(CodeMap map) {
        var text = new StringBuilder("# Code map\n\n").append(counts(map)).append('\n');
        for (var module : Modules.of(map)) {
            text.append("\n## %s\n\n`%s`, ".formatted(module.name(), module.place()));
            text.append(module.files().size()).append(module.files().size() == 1 ? " file" : " files");
            if (!module.uses().isEmpty()) text.append("; uses ").append(String.join(", ", module.uses()));
            text.append("\n\n");
            for (var file : module.files())
                for (var declaration : file.declarations()) if (declaration.open()) line(file, declaration, text);
        }
        return text.toString();
    }

    private static void line(SourceFile file, Declaration declaration, StringBuilder text) {
        text.append("- `").append(declaration.symbol()).append('`');
        if (declaration.kind() == Declaration.Kind.OPERATION || declaration.kind() == Declaration.Kind.CONSTANT)
            text.append(": `").append(declaration.detail()).append('`');
        text.append(" (%s:%s)\n".formatted(file.path(), declaration.line()));
    }

    private static String counts(CodeMap map) {
        var languages = new TreeMap<String, Integer>();
        map.files().forEach(file -> languages.merge(file.language().title(), 1, Integer::sum));
        var text = new StringBuilder().append(map.files().size()).append(" source files");
        if (!languages.isEmpty()) {
            text.append(" (");
            languages.forEach((language, count) ->
                    text.append(count).append(' ').append(language).append(", "));
            text.setLength(text.length() - 2);
            text.append(')');
        }
        text.append(", ").append(map.others().size()).append(" other files");
        long partly = map.files().stream().filter(file -> !file.complete()).count();
        if (partly > 0) text.append("; ").append(partly).append(" with syntax errors, read in part");
        if (!map.skipped().isEmpty())
            text.append("; ").append(map.skipped().size()).append(" not read");
        return text.append('.').toString();
    }
}
