using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>A checkpoint is three lines that one body signed; any other three lines are none.</summary>
public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private static readonly VerifierKey Key = ExampleNotes.Own;

    [Fact]
    public void Text_OfACheckpoint_IsExactlyThreeLines() => Assert.Equal(
        $"example.com/behind-the-sofa\n20852163\n{Root}\n", new Checkpoint("example.com/behind-the-sofa", 20852163, Convert.FromBase64String(Root)).Text);

    [Fact]
    public void Checkpoint_SignedByItsBody_IsReadBack() => Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array[32]).Sample((size, root) =>
    {
        var note = new Checkpoint(Key.Name, size, root).Sign(Key, ExampleNotes.Signer);

        var read = Checkpoint.Open(note, Key, out var problem);

        Assert.Equal("", problem);
        Assert.Equal((Key.Name, size), (read!.Origin, read.Size));
        Assert.Equal(root, read.Root);
        Assert.StartsWith(read.Text + "\n\u2014 " + Key.Name + " ", note, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("")]
    [InlineData("one extension\n")]
    [InlineData("one extension\n\u2014 another with spaces+\n")]
    public void Checkpoint_WithExtensionLines_IsRead(string extensions) =>
        Assert.Equal(7, Open($"{Key.Name}\n7\n{Root}\n{extensions}").Checkpoint!.Size);

    [Theory]
    [InlineData("07")]
    [InlineData("00")]
    [InlineData("-7")]
    [InlineData("+7")]
    [InlineData("7.0")]
    [InlineData("7,000")]
    [InlineData("0x7")]
    [InlineData("7e0")]
    [InlineData(" 7")]
    [InlineData("7 ")]
    [InlineData("\u0667")]
    [InlineData("9223372036854775808")]
    [InlineData("seven")]
    public void Checkpoint_OfASizeNotInPlainDecimal_IsNotRead(string size) => AssertUnreadable($"{Key.Name}\n{size}\n{Root}\n");

    [Theory]
    [InlineData("AAAA")]
    [InlineData("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==")]
    [InlineData("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2IA")]
    [InlineData("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I")]
    [InlineData("CsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("CsUYapGGPo4dkMgIAUqom/ Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData(" CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I= ")]
    [InlineData("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=")]
    public void Checkpoint_OfARootNotWrittenAs32Bytes_IsNotRead(string root) => AssertUnreadable($"{Key.Name}\n7\n{root}\n");

    [Theory]
    [InlineData("\n")]
    [InlineData("{0}\n")]
    [InlineData("{0}\n7\n")]
    [InlineData("\n7\n{1}\n")]
    [InlineData("{0}\n\n{1}\n")]
    [InlineData("{0}\n7\n\n{1}\n")]
    [InlineData("{0}\n7\n{1}\n\n")]
    [InlineData("{0}\n7\n{1}\nextension\n\nextension\n")]
    public void Checkpoint_WithALineMissingOrEmpty_IsNotRead(string text) =>
        AssertUnreadable(text.Replace("{0}", Key.Name, StringComparison.Ordinal).Replace("{1}", Root, StringComparison.Ordinal));

    [Fact]
    public void Checkpoint_OfAnotherOrigin_IsNotOfTheKey()
    {
        var (checkpoint, problem) = Open($"fed.example/E06000047/1\n7\n{Root}\n");

        Assert.Null(checkpoint);
        Assert.Equal("the checkpoint is of fed.example/E06000047/1, not of fed.example/DLUHC/1", problem);
    }

    [Fact]
    public void Checkpoint_SignedWithAnotherKey_IsNotOfTheBody()
    {
        using var other = BodyKey.Generate();
        var note = new Checkpoint(Key.Name, 7, new byte[32]).Sign(VerifierKey.Of(Key.Name, other.PublicKey), other);

        Assert.Null(Checkpoint.Open(note, Key, out var problem));
        Assert.Equal("the checkpoint is not signed with the key of fed.example/DLUHC/1", problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("fed.example/DLUHC/1\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n")]
    public void Checkpoint_InNoNote_IsNotRead(string note)
    {
        Assert.Null(Checkpoint.Open(note, Key, out var problem));
        Assert.Equal("the checkpoint cannot be read", problem);
    }

    private static void AssertUnreadable(string text) => Assert.Equal((null, "the checkpoint cannot be read"), Open(text));

    private static (Checkpoint? Checkpoint, string Problem) Open(string text)
    {
        var checkpoint = Checkpoint.Open(SignedNote.Sign(text, Key, ExampleNotes.Signer), Key, out var problem);
        return (checkpoint, problem);
    }
}
