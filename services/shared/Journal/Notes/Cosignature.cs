using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>
/// A C2SP tlog-cosignature (Ed25519): a witness says that at a time this was the largest checkpoint of the journal that it had seen, and that the journal had only grown
/// until then. It is one more signature line of the note, over the time and the checkpoint.
/// </summary>
public static class Cosignature
{
    private const int TimeBytes = 8;
    private const int SignatureBytes = 64;

    /// <summary>The signature line of a note, to be added to it. Throws for a note that is no checkpoint, and for a time that is not after 1970 began.</summary>
    /// <param name="time">POSIX seconds, from 1.</param>
    public static string Sign(string note, CosignerKey key, BodyKey signer, long time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(time);
        if (!SignedNote.TryParse(note, out var signed) || Checkpoint.Read(note) is null)
            throw new ArgumentException("Only a checkpoint is cosigned.", nameof(note));
        var signature = new byte[TimeBytes + SignatureBytes];
        BinaryPrimitives.WriteInt64BigEndian(signature, time);
        signer.Sign(Message(signed.Text, time)).CopyTo(signature, TimeBytes);
        return SignedNote.LineOf(key.Name, key.KeyId, signature);
    }

    /// <summary>
    /// When the cosigner signed the checkpoint: POSIX seconds, the newest if it did so several times. Null: it did not, or one of its signatures
    /// does not verify. Signatures of others say nothing.
    /// </summary>
    public static long? TimeOf(string note, CosignerKey key) => Newest(note, key)?.Time;

    /// <summary>The signature line of that time, alone: one says all that several of a cosigner do. Null as with <see cref="TimeOf"/>.</summary>
    public static string? LineOf(string note, CosignerKey key) => Newest(note, key) is { } newest ? SignedNote.LineOf(key.Name, key.KeyId, newest.Signature) : null;

    private static (long Time, byte[] Signature)? Newest(string note, CosignerKey key)
    {
        if (!SignedNote.TryParse(note, out var signed) || Checkpoint.Read(note) is null)
            return null;
        (long Time, byte[] Signature)? newest = null;
        foreach (var (_, _, signature) in signed.Signatures.Where(line => line.Name == key.Name && line.KeyId == key.KeyId))
        {
            // At second 0 nobody cosigns: it stands for a signature without a time.
            if (signature.Length != TimeBytes + SignatureBytes || BinaryPrimitives.ReadInt64BigEndian(signature) is var time && time < 1
                || !BodyKey.Verify(key.PublicKey, Message(signed.Text, time), signature.AsSpan(TimeBytes)))
                return null;
            if (time > (newest?.Time ?? 0))
                newest = (time, signature);
        }
        return newest;
    }

    private static byte[] Message(string text, long time) => Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time.ToString(CultureInfo.InvariantCulture)}\n{text}");
}
