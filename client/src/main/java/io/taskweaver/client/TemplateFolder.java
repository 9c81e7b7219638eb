package io.taskweaver.client;

import io.taskweaver.prompts.QueryTemplates;
import io.taskweaver.prompts.TemplateReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** A folder with templates of prompts. */
public final class TemplateFolder {
    private TemplateFolder() {}

    /**
     * Reads and checks all templates of a folder; what it lacks is taken from the program.
     *
     * @throws IOException if there is no such folder, or a file of it is no text in UTF-8
     */
    public static TemplateReading read(Path folder) throws IOException {
        var sources = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (name.endsWith(QueryTemplates.SUFFIX)) sources.put(name, Files.readString(file));
            }
        }
        return QueryTemplates.of(sources);
    }

    /**
     * Writes the templates of the program, to be changed there. A file that is there already stays as it is.
     *
     * @return whether each was written, by its name
     */
    public static TreeMap<String, Boolean> write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var written = new TreeMap<String, Boolean>();
        for (var template : QueryTemplates.defaults().entrySet()) {
            var file = folder.resolve(template.getKey());
            written.put(template.getKey(), Files.notExists(file));
            if (Files.notExists(file)) Files.writeString(file, template.getValue());
        }
        return written;
    }
}
