using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>A request to a witness is read strictly, and judged by the newest checkpoint that was cosigned.</summary>
public sealed class AddCheckpointTests
{
    private static readonly TwoHistories Histories = new(parting: 20);
    private static readonly string Note = TwoHistories.Sign(Histories.First, 20).Note;
    private static readonly string Hash = Convert.ToBase64String(MerkleHash.Empty());
    private static readonly string Hashes63 = string.Concat(Enumerable.Repeat(Hash + "\n", 63));

    /// <summary>By name, what is no request.</summary>
    private static readonly Dictionary<string, string> Malformed = new()
    {
        ["nothing"] = "",
        ["only the old size"] = "old 7\n",
        ["no checkpoint"] = "old 7\n\n",
        ["no empty line"] = $"old 7\n{Note}",
        ["no old size"] = $"{Hash}\n\n{Note}",
        ["an empty line at the beginning"] = $"\nold 7\n\n{Note}",
        ["a byte order mark"] = $"\ufeffold 7\n\n{Note}",
        ["another word"] = $"size 7\n\n{Note}",
        ["a capital"] = $"Old 7\n\n{Note}",
        ["two spaces"] = $"old  7\n\n{Note}",
        ["a space behind"] = $"old 7 \n\n{Note}",
        ["a tab"] = $"old\t7\n\n{Note}",
        ["no size"] = $"old \n\n{Note}",
        ["no space"] = $"old7\n\n{Note}",
        ["a leading zero"] = $"old 07\n\n{Note}",
        ["two zeroes"] = $"old 00\n\n{Note}",
        ["a plus"] = $"old +7\n\n{Note}",
        ["a minus"] = $"old -7\n\n{Note}",
        ["a hexadecimal size"] = $"old 0x7\n\n{Note}",
        ["a fraction"] = $"old 7.0\n\n{Note}",
        ["digits of another script"] = $"old \u0667\n\n{Note}",
        ["a size above all journals"] = $"old 9223372036854775808\n\n{Note}",
        ["a size of forty digits"] = $"old {new string('9', 40)}\n\n{Note}",
        ["lines that end as on Windows"] = $"old 7\r\n{Hash}\r\n\r\n{Note}",
        ["64 hashes"] = $"old 7\n{Hashes63}{Hash}\n\n{Note}",
        ["a hash of 31 bytes"] = $"old 7\n{Convert.ToBase64String(new byte[31])}\n\n{Note}",
        ["a hash of 33 bytes"] = $"old 7\n{Convert.ToBase64String(new byte[33])}\n\n{Note}",
        ["a hash without padding"] = $"old 7\n{Hash.TrimEnd('=')}\n\n{Note}",
        ["a hash with bits behind its end"] = $"old 7\n{new string('A', 42)}B=\n\n{Note}",
        ["a hash in letters of addresses"] = $"old 7\n{new string('_', 42)}8=\n\n{Note}",
        ["a space before a hash"] = $"old 7\n {Hash}\n\n{Note}",
        ["two hashes in a line"] = $"old 7\n{Hash} {Hash}\n\n{Note}",
        ["no hash at all"] = $"old 7\nhash\n\n{Note}",
        ["a checkpoint without signatures"] = $"old 7\n\n{Note.Split("\n\n")[0]}\n",
        ["a checkpoint without its last newline"] = $"old 7\n\n{Note.TrimEnd('\n')}",
        ["a checkpoint of two lines"] = $"old 7\n\nfed.example/DLUHC/1\n20\n\n{ExampleNotes.LineOf("x")}",
        ["a checkpoint with a leading zero"] = $"old 7\n\nfed.example/DLUHC/1\n020\n{Hash}\n\n{ExampleNotes.LineOf("x")}",
        ["a checkpoint without an origin"] = $"old 7\n\n\n20\n{Hash}\n\n{ExampleNotes.LineOf("x")}",
        ["a checkpoint with a root of 31 bytes"] = $"old 7\n\nfed.example/DLUHC/1\n20\n{Convert.ToBase64String(new byte[31])}\n\n{ExampleNotes.LineOf("x")}",
        ["a checkpoint with a control character"] = $"old 7\n\nfed.example/DLUHC/1\n20\n{Hash}\na\u0001b\n\n{ExampleNotes.LineOf("x")}",
        ["a signature that is none"] = $"old 7\n\nfed.example/DLUHC/1\n20\n{Hash}\n\n\u2014 x y\n",
        ["more behind the signatures"] = $"old 7\n\n{Note}more",
        ["an empty line before the checkpoint"] = $"old 7\n\n\n{Note}",
    };

    public static TheoryData<string> Names => [.. Malformed.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Request_ThatIsWrittenOtherwise_IsNotRead(string name)
    {
        Assert.False(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes(Malformed[name]), out var request, out var problem));
        Assert.Null(request);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_ThatIsNotUtf8_IsNotRead()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"old 7\n\nfed"), 0xff, .. Encoding.UTF8.GetBytes(Note)];

        Assert.False(AddCheckpoint.TryParse(bytes, out _, out _));
    }

    [Fact]
    public void Request_ThatIsTooLong_IsNotRead()
    {
        var extension = new string('x', AddCheckpoint.MostBytes);
        var note = SignedNote.Sign($"fed.example/DLUHC/1\n20\n{Hash}\n{extension}\n", ExampleNotes.Own, ExampleNotes.Signer);

        Assert.False(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes($"old 7\n\n{note}"), out _, out var problem));
        Assert.Contains("at most", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_WithAsMuchAsMayBe_IsRead()
    {
        var note = Note + string.Concat(Enumerable.Range(1, 15).Select(i => ExampleNotes.LineOf($"witness{i}", 4 + 8 + 2420)));

        Assert.True(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes($"old 20\n{Hashes63}\n{note}"), out var request, out _));

        Assert.Equal((20, 63, 16, 20), (request.OldSize, request.Proof.Count, request.Note.Signatures.Count, request.Checkpoint.Size));
    }

    [Fact]
    public void Request_ThatWasWritten_IsReadAgain()
    {
        var proof = Histories.First.Consistency(7, 20);

        Assert.True(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes(AddCheckpoint.Write(7, proof, Note)), out var request, out _));

        Assert.Equal((7, 20), (request.OldSize, request.Checkpoint.Size));
        Assert.Equal(proof, request.Proof);
    }

    [Fact]
    public void Checkpoint_ThatGoesOn_IsConsistent_FromEverySizeToEverySize()
    {
        for (var size = 0; size <= 40; size++)
        {
            for (var old = 0; old <= size; old++)
                Assert.Equal(WitnessVerdict.Consistent, Judge(old, size, Histories.First.Consistency(old, size), old == 0 ? null : old));
        }
    }

    [Theory]
    [InlineData(21, 20, 21)]
    [InlineData(21, 20, 20)]
    [InlineData(1, 0, null)]
    public void OldSize_AboveTheCheckpoint_ContradictsItself(int old, int size, int? last) =>
        Assert.Equal(WitnessVerdict.Malformed, Judge(old, size, [], last));

    [Theory]
    [InlineData(7, 20, null)]
    [InlineData(0, 20, 7)]
    [InlineData(8, 20, 7)]
    [InlineData(6, 20, 7)]
    [InlineData(0, 5, 7)]
    public void OldSize_ThatIsNotTheNewest_IsAConflict(int old, int size, int? last) =>
        Assert.Equal(WitnessVerdict.OtherSize, Judge(old, size, Histories.First.Consistency(old, size), last));

    [Fact]
    public void Proof_FromNothing_MustBeEmpty()
    {
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(0, 20, [MerkleHash.Empty()], null));
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(0, 0, [MerkleHash.Empty()], null));
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(20, 20, [MerkleHash.Empty()], 20));
    }

    [Fact]
    public void Proof_ThatDoesNotHold_IsNotConsistent()
    {
        var proof = Histories.First.Consistency(7, 20);
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(7, 20, [], 7));
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(7, 20, [.. proof.Skip(1)], 7));
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(7, 20, [.. proof, MerkleHash.Empty()], 7));
        Assert.Equal(WitnessVerdict.NotConsistent, Judge(25, 30, Histories.Second.Consistency(25, 30), 25));
    }

    [Fact]
    public void Root_ThatIsAnotherAtTheSameSize_IsNotConsistent() =>
        Assert.Equal(WitnessVerdict.NotConsistent, Request(25, [], TwoHistories.Sign(Histories.Second, 25).Note).Judge(At(Histories.First, 25)));

    [Fact]
    public void EmptyTree_HasOneRoot()
    {
        var wrong = new Checkpoint(ExampleNotes.Own.Name, 0, new byte[32]).Sign(ExampleNotes.Own, ExampleNotes.Signer);

        Assert.Equal(WitnessVerdict.NotConsistent, Request(0, [], wrong).Judge(null));
        Assert.Equal(WitnessVerdict.Consistent, Judge(0, 0, [], null));
        Assert.Equal(WitnessVerdict.Consistent, Judge(0, 20, [], 0));
    }

    private static WitnessVerdict Judge(long old, long size, IReadOnlyList<byte[]> proof, int? last) =>
        Request(old, proof, TwoHistories.Sign(Histories.First, size).Note).Judge(last is { } cosigned ? At(Histories.First, cosigned) : null);

    private static Checkpoint At(MerkleTree tree, long size) => new(ExampleNotes.Own.Name, size, tree.Root(size));

    private static AddCheckpoint Request(long old, IReadOnlyList<byte[]> proof, string note)
    {
        Assert.True(AddCheckpoint.TryParse(Encoding.UTF8.GetBytes(AddCheckpoint.Write(old, proof, note)), out var request, out var problem), problem);
        return request;
    }
}
