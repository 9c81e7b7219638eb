package io.taskweaver.prompts;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Counts tokens by byte pair encoding; loads its vocabulary when it is first used. */
final class BytePairs {
    private BytePairs() {}

    private static final class Vocabulary {
        static final Encoding CL100K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    }

    static int count(String text) {
        return Vocabulary.CL100K.countTokensOrdinary(text);
    }

    /**
     * Whether a text certainly has no more tokens than a limit: a token is at least one byte, so there is nothing to
     * count in a text of no more bytes than that.
     */
    static boolean certainlyWithin(int limit, String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            if (bytes > limit) return false;
        }
        return bytes <= limit;
    }
}
