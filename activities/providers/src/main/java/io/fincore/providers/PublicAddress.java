package io.fincore.providers;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** Which addresses are somebody on the internet, and not ourselves, our neighbours, our cloud or nobody. */
final class PublicAddress {

    /** IANA's special-purpose registry of IPv4 (RFC 6890 and later), and multicast. */
    private static final List<Range> SPECIAL_4 = List.of(
            Range.of4(0, 0, 0, 0, 8),
            Range.of4(10, 0, 0, 0, 8),
            Range.of4(100, 64, 0, 0, 10),
            Range.of4(127, 0, 0, 0, 8),
            Range.of4(169, 254, 0, 0, 16),
            Range.of4(172, 16, 0, 0, 12),
            Range.of4(192, 0, 0, 0, 24),
            Range.of4(192, 0, 2, 0, 24),
            Range.of4(192, 88, 99, 0, 24),
            Range.of4(192, 168, 0, 0, 16),
            Range.of4(198, 18, 0, 0, 15),
            Range.of4(198, 51, 100, 0, 24),
            Range.of4(203, 0, 113, 0, 24),
            Range.of4(224, 0, 0, 0, 4),
            Range.of4(240, 0, 0, 0, 4));

    /** The one block of global unicast; loopback, link-local, unique local, NAT64 and addresses made of IPv4 are outside. */
    private static final Range GLOBAL_6 = Range.of6(0x2000, 0, 3);

    /** Within it: protocol assignments with Teredo, documentation twice, 6to4, which has an IPv4 address inside. */
    private static final List<Range> SPECIAL_6 = List.of(
            Range.of6(0x2001, 0, 23),
            Range.of6(0x2001, 0x0db8, 32),
            Range.of6(0x2002, 0, 16),
            Range.of6(0x3fff, 0, 20));

    private PublicAddress() {}

    /** @param address in Java an IPv4 address that is mapped into IPv6 is an IPv4 address */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            int value = ByteBuffer.wrap(bytes).getInt();
            return SPECIAL_4.stream().noneMatch(range -> range.contains(value));
        }
        // No prefix here is longer than the first 32 bits.
        int head = ByteBuffer.wrap(bytes).getInt();
        return GLOBAL_6.contains(head) && SPECIAL_6.stream().noneMatch(range -> range.contains(head));
    }

    /** @param prefix in its high bits */
    private record Range(int prefix, int bits) {

        static Range of4(int first, int second, int third, int fourth, int bits) {
            return new Range(first << 24 | second << 16 | third << 8 | fourth, bits);
        }

        static Range of6(int first, int second, int bits) {
            return new Range(first << 16 | second, bits);
        }

        boolean contains(int address) {
            return (address ^ prefix) >>> (32 - bits) == 0;
        }
    }
}
