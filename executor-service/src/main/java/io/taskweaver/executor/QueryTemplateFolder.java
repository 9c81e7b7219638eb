package io.taskweaver.executor;

import io.taskweaver.prompts.QueryTemplates;
import io.taskweaver.prompts.TemplateReading;
import io.taskweaver.prompts.TemplateReading.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads prompt templates from a folder, once, before any work is taken. */
final class QueryTemplateFolder {
    private QueryTemplateFolder() {}

    /** @throws IllegalArgumentException with all errors: files that cannot be read, and each invalid line */
    static QueryTemplates read(Path folder) {
        var sources = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (name.endsWith(QueryTemplates.SUFFIX)) sources.put(name, Files.readString(file));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("The templates in " + folder + " cannot be read: " + e, e);
        }
        return switch (QueryTemplates.of(sources)) {
            case TemplateReading.Usable(var templates) -> templates;
            case TemplateReading.Faulty(var faults) ->
                throw new IllegalArgumentException("Templates in " + folder + " are invalid: "
                        + faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        };
    }
}
