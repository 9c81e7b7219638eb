package io.taskweaver.agents.command;

import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.Secrets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Tells a listener what a command prints, from the beginning, while it prints it, without secrets. */
final class OutputTail {
    private static final int PART = 64 << 10;

    /** What a command prints faster than this between two looks is skipped, but for its end. */
    private static final long MOST_AT_ONCE = 4 << 20;

    private static final long KEPT_OF_MORE = 1 << 20;

    private final List<Stream> streams;

    OutputTail(RunFolder run, Secrets secrets, RunListener listener) {
        // Each stream by itself: the other one may come between two halves of a secret.
        var hidden = secrets.with(listener.secrets());
        this.streams = List.of(
                new Stream(run.output(), hidden.masking(), listener),
                new Stream(run.errors(), hidden.masking(), listener));
    }

    /** Reads what is new. */
    void read() throws IOException {
        for (var stream : streams) stream.read();
    }

    /** Reads the rest; the command has ended. */
    void end() throws IOException {
        for (var stream : streams) {
            stream.read();
            stream.end();
        }
    }

    private static final class Stream {
        private final Path file;
        private final Secrets.Masking masking;
        private final RunListener listener;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final ByteBuffer bytes = ByteBuffer.allocate(PART);
        private final CharBuffer characters = CharBuffer.allocate(PART + 8);
        private long position;
        /** Whether the rest of a line comes next whose beginning was skipped, and with it maybe that of a secret. */
        private boolean isWithinLine;

        Stream(Path file, Secrets.Masking masking, RunListener listener) {
            this.file = file;
            this.masking = masking;
            this.listener = listener;
        }

        void read() throws IOException {
            try (var channel = Files.newByteChannel(file)) {
                // Up to here: a command may print faster than it is read.
                long end = channel.size();
                if (end - position > MOST_AT_ONCE) skip(end - KEPT_OF_MORE);
                channel.position(position);
                while (position < end && readPart(channel)) decode(false);
            } catch (NoSuchFileException e) {
                // It printed nothing yet.
            }
        }

        private boolean readPart(SeekableByteChannel channel) throws IOException {
            int read = channel.read(bytes);
            if (read > 0) position += read;
            return read > 0;
        }

        private void skip(long to) {
            tell(masking.end());
            listener.skipped(to - position);
            bytes.clear();
            decoder.reset();
            position = to;
            isWithinLine = true;
        }

        private void decode(boolean atEnd) {
            bytes.flip();
            decoder.decode(bytes, characters, atEnd);
            if (atEnd) decoder.flush(characters);
            bytes.compact();
            characters.flip();
            var text = characters.toString();
            characters.clear();
            tell(masking.add(isWithinLine ? afterLine(text) : text));
        }

        private String afterLine(String text) {
            int end = text.indexOf('\n');
            listener.skipped(end < 0 ? text.length() : end + 1L);
            if (end < 0) return "";
            isWithinLine = false;
            return text.substring(end + 1);
        }

        void end() {
            decode(true);
            tell(masking.end());
        }

        private void tell(String text) {
            if (!text.isEmpty()) listener.printed(text);
        }
    }
}
