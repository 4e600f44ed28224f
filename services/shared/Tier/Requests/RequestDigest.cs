using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FundingFlows.Contracts.Documents.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Tiers;

/// <summary>What makes a repeated request recognisable: it is recorded with the entry, so it is the same for ever.</summary>
internal static class RequestDigest
{
    /// <summary>Requests up to so many bytes are hashed from the stack.</summary>
    private const int Small = 1_024;
    private const int BytesOfALength = sizeof(int);

    private static readonly ConcurrentDictionary<MessageDescriptor, Sort> Sorts = [];

    /// <summary>
    /// SHA-256 over the sort of request, the normalised request, the kinds and digests of its words, and the actor, each after its
    /// length in four bytes, the highest first: 32 bytes.
    /// </summary>
    public static byte[] Of(Caller caller, Draft draft, Dictionary<DocumentKind, byte[]> digests)
    {
        var sort = Sorts.GetOrAdd(draft.Normalised.Descriptor, descriptor => new Sort(Encoding.UTF8.GetBytes(descriptor.FullName), descriptor.FindFieldByName("command_id").Accessor));
        // The one part that every request may spell in two ways: an id in capitals is the same id.
        Span<char> id = stackalloc char[36];
        draft.CommandId.TryFormat(id, out _);
        if (!id.SequenceEqual((string)sort.CommandId.GetValue(draft.Normalised)))
            sort.CommandId.SetValue(draft.Normalised, new string(id));
        var size = draft.Normalised.CalculateSize();
        var actor = Encoding.UTF8.GetByteCount(caller.Handle);
        var all = (3 * BytesOfALength) + sort.Name.Length + size + actor + (digests.Count == 0 ? 0 : digests.Values.Sum(digest => (2 * BytesOfALength) + 1 + digest.Length));
        var rented = all <= Small ? null : ArrayPool<byte>.Shared.Rent(all);
        var to = rented is null ? stackalloc byte[all] : rented.AsSpan(0, all);
        var rest = Add(to, sort.Name);
        draft.Normalised.WriteTo(Room(ref rest, size));
        if (digests.Count > 0)
            foreach (var (kind, digest) in digests.OrderBy(words => words.Key))
                rest = Add(Add(rest, [(byte)kind]), digest);
        Encoding.UTF8.GetBytes(caller.Handle, Room(ref rest, actor));
        var hash = SHA256.HashData(to);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>Writes a part, and answers with what is behind it.</summary>
    private static Span<byte> Add(Span<byte> to, scoped ReadOnlySpan<byte> part)
    {
        part.CopyTo(Room(ref to, part.Length));
        return to;
    }

    /// <summary>Writes a length, and answers with the room for so many bytes behind it.</summary>
    private static Span<byte> Room(ref Span<byte> to, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, length);
        var room = to.Slice(BytesOfALength, length);
        to = to[(BytesOfALength + length)..];
        return room;
    }

    private sealed record Sort(byte[] Name, IFieldAccessor CommandId);
}
