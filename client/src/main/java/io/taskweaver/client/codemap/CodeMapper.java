package io.taskweaver.client.codemap;

import io.taskweaver.client.CodeFolder;
import io.taskweaver.model.Language;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Maps a code base: reads every file of a known language, on all processors. Texts and trees are dropped file by file, only
 * what files declare is kept.
 */
public final class CodeMapper {
    /** Largest file that is read, bytes; what is larger is generated or data. */
    public static final int LARGEST_FILE_BYTES = 1024 * 1024;

    private final List<CodeFolder.Entry> sources = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final ConcurrentLinkedQueue<SourceFile> read = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<CodeMap.Skipped> skipped = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, String> names = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    private CodeMapper(CodeFolder folder) {
        for (var entry : folder.entries()) {
            if (Language.of(entry.path()).isPresent()) sources.add(entry);
            else others.add(entry.path());
        }
    }

    /** The map of a folder. */
    public static CodeMap map(CodeFolder folder) {
        return new CodeMapper(folder).map();
    }

    private CodeMap map() {
        int workers = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), sources.size()));
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < workers; i++) running.add(threads.submit(this::work));
            for (var worker : running) worker.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading code", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the code could not be read", e.getCause());
        }
        return new CodeMap(List.copyOf(read), others, List.copyOf(skipped));
    }

    private void work() {
        try (var reader = new SourceReader(name -> names.computeIfAbsent(name, same -> same))) {
            for (int i = next.getAndIncrement(); i < sources.size(); i = next.getAndIncrement())
                read(sources.get(i), reader);
        }
    }

    private void read(CodeFolder.Entry entry, SourceReader reader) {
        if (entry.size() > LARGEST_FILE_BYTES) {
            skip(entry, CodeMap.Reason.TOO_LARGE);
            return;
        }
        switch (entry.text()) {
            case CodeFolder.Text.Read text -> {
                try {
                    read.add(reader.read(entry.path(), Language.of(entry.path()).orElseThrow(), text.content()));
                } catch (UnsupportedOperationException e) {
                    skip(entry, CodeMap.Reason.NO_PARSER);
                }
            }
            case CodeFolder.Text.Binary binary -> skip(entry, CodeMap.Reason.NOT_TEXT);
            case CodeFolder.Text.Unreadable unreadable -> skip(entry, CodeMap.Reason.UNREADABLE);
        }
    }

    private void skip(CodeFolder.Entry entry, CodeMap.Reason reason) {
        skipped.add(new CodeMap.Skipped(entry.path(), reason));
    }
}
