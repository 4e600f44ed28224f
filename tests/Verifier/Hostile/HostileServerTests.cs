using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FundingFlows.Verifier.Tests;

/// <summary>Whatever a server answers, the program ends in a sentence: it asks for no more than a signed checkpoint warrants, and waits for nothing without end.</summary>
public sealed class HostileServerTests : IDisposable
{
    private const string Checkpoint = "checkpoint";
    private readonly TempFolder folder = new();
    private readonly MadeJournal made = MadeJournal.Of(300);

    public HostileServerTests() => made.SaveTo(folder["made/1"]);

    public void Dispose() => folder.Dispose();

    /// <summary>Without a signature there is nothing to go by: not one entry is fetched.</summary>
    [Fact]
    public async Task Checkpoint_ThatIsNotOfTheKeyThatWasGiven_IsFollowedNowhere()
    {
        using var another = BodyKey.Generate();
        await using var server = await EndlessAsync(Note(1L << 62, VerifierKey.Of(made.Origin, another.PublicKey), another));

        (await Run.VerifyAsync("journal", server.Address, "--key", $"{made.Key}")).Finds("its signature is not of the key that was given");
        Assert.Equal([Checkpoint], server.Asked);
    }

    [Fact]
    public async Task Checkpoint_OfMoreThanAnybodyWants_IsFollowedNowhere()
    {
        await using var server = await EndlessAsync(Note(1L << 62, made.Key, made.Signer));

        (await Run.VerifyAsync("journal", server.Address)).CannotRead($"speaks of {1L << 62} entries");
        (await Run.VerifyAsync("journal", server.Address, "--most-entries", "1000000")).CannotRead("read more than 1000000 (--most-entries)");
        Assert.Equal([Checkpoint, Checkpoint], server.Asked);

        (await Run.VerifyAsync("journal", folder["made/1"], "--most-entries", "299")).CannotRead("speaks of 300 entries");
        (await Run.VerifyAsync("journal", folder["made/1"], "--most-entries", "299", "--key", $"{made.Key}")).Holds();
        (await Run.VerifyAsync("journal", folder["made/1"], "--most-entries", "300")).Holds();
        (await Run.VerifyAsync("journal", folder["made/1"], "--most-entries", "none")).CannotRead("--most-entries must be a number");
    }

    [Theory]
    [InlineData(Checkpoint, "checkpoint is altered: it is no signed checkpoint")]
    [InlineData("tile/entries/000", "tile/entries/000 holds ")]
    [InlineData("tile/0/000", "tile/0/000 is altered: it has not the length of 256 hashes")]
    public async Task File_WithoutEnd_IsReadAsFarAsOneCanBe(string file, string finding)
    {
        await using var server = await ServeAsync(file, async (response, aborted) =>
        {
            for (var zeroes = new byte[1 << 16]; ; await response.Body.WriteAsync(zeroes, aborted)) { }
        });

        (await Run.VerifyAsync("journal", server.Address)).Finds(finding);
    }

    /// <summary>A few kilobytes that are a gigabyte, again and again.</summary>
    [Fact]
    public async Task File_ThatIsPackedVerySmall_IsReadAsFarAsOneCanBe()
    {
        var bomb = new MemoryStream();
        await using (var packed = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 1_024; i++)
                await packed.WriteAsync(new byte[1 << 20], TestContext.Current.CancellationToken);
        await using var server = await ServeAsync("tile/0/000", async (response, aborted) =>
        {
            response.Headers.ContentEncoding = "gzip";
            while (true)
                await response.Body.WriteAsync(bomb.ToArray(), aborted);
        });

        (await Run.VerifyAsync("journal", server.Address)).Finds("tile/0/000 is altered: it has not the length of 256 hashes");
    }

    [Theory]
    [InlineData("gzip", Checkpoint)]
    [InlineData("gzip", "tile/entries/000")]
    [InlineData("br", Checkpoint)]
    [InlineData("br", "tile/0/000")]
    [InlineData("deflate", Checkpoint)]
    public async Task File_ThatIsNotPackedAsItSays_CannotBeRead(string encoding, string file)
    {
        await using var server = await ServeAsync(file, async (response, aborted) =>
        {
            response.Headers.ContentEncoding = encoding;
            await response.Body.WriteAsync(Enumerable.Repeat((byte)0xff, 1_000).ToArray(), aborted);
        });

        (await Run.VerifyAsync("journal", server.Address)).CannotRead($"{file} cannot be read: ");
        (await Run.VerifyAsync("prove", server.Address, "11", "--out", folder["proof"])).CannotRead($"{file} cannot be read: ");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_ThatDoesNotCome_IsNotWaitedForWithoutEnd(bool headersCome)
    {
        await using var server = await ServeAsync("tile/entries/000", async (response, aborted) =>
        {
            if (headersCome)
                await response.Body.WriteAsync(new byte[1], aborted);
            await new TaskCompletionSource().Task.WaitAsync(aborted);
        });

        (await Run.VerifyAsync("journal", server.Address, "--patience", "5")).CannotRead("tile/entries/000 cannot be read: not all of it was there within 5 s");
        (await Run.VerifyAsync("journal", server.Address, "--patience", "0")).CannotRead("--patience must be a number, at least 1");
    }

    /// <summary>Nothing is read but the addresses that were given.</summary>
    [Fact]
    public async Task Address_ThatPointsElsewhere_IsNotFollowed()
    {
        await using var other = await ServeAsync("", (_, _) => Task.CompletedTask);
        await using var server = await ServeAsync(Checkpoint, (response, _) =>
        {
            response.Redirect($"{other.Address}checkpoint");
            return Task.CompletedTask;
        });

        (await Run.VerifyAsync("journal", server.Address)).CannotRead("checkpoint cannot be read: it answers 302.");
        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task Answer_ThatBreaksOff_CannotBeRead()
    {
        await using var server = await ServeAsync("tile/0/000", async (response, aborted) =>
        {
            response.ContentLength = 8_192;
            await response.Body.WriteAsync(new byte[100], aborted);
            await response.Body.FlushAsync(aborted);
            response.HttpContext.Abort();
        });

        (await Run.VerifyAsync("journal", server.Address)).CannotRead("tile/0/000 cannot be read: ");
    }

    /// <summary>What is found of one is said, whatever cannot be read of another.</summary>
    [Fact]
    public async Task Journal_ThatCannotBeRead_HidesNothingOfTheOthers()
    {
        await using var server = await ServeAsync("tile/0/000", (response, _) =>
        {
            response.StatusCode = 503;
            return Task.CompletedTask;
        });
        var run = await Run.VerifyAsync("journal", server.Address, folder["nowhere"], folder["made/1"]);
        Assert.Equal(2, run.Code);
        Assert.Contains("made/1: holds. 300 entries", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 of 3 journals cannot be checked.", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(2, run.Errors.TrimEnd().Split('\n').Length);
        Assert.Contains("it answers 503", run.Errors, StringComparison.Ordinal);
        Assert.Contains("is no folder", run.Errors, StringComparison.Ordinal);

        File.Delete(folder["made/1/tile/0/001.p/44"]);
        run = await Run.VerifyAsync("journal", server.Address, folder["made/1"]);
        run.Finds("made/1: tile/0/001.p/44 is missing.");
        Assert.Contains("it answers 503", run.Errors, StringComparison.Ordinal);
    }

    private static Task<HostileServer> EndlessAsync(string note) => HostileServer.StartAsync(async (path, response, aborted) =>
    {
        if (path == Checkpoint)
            await response.WriteAsync(note, Encoding.UTF8, aborted);
        else
            await response.Body.WriteAsync(new byte[path.Contains("entries", StringComparison.Ordinal) ? 512 : 8_192], aborted);
    });

    /// <summary>Serves the journal, but for one file.</summary>
    private Task<HostileServer> ServeAsync(string file, Func<HttpResponse, CancellationToken, Task> answer) => HostileServer.StartAsync(async (path, response, aborted) =>
    {
        if (path == file)
            await answer(response, aborted);
        else if (File.Exists(folder[$"made/1/{path}"]))
            await response.Body.WriteAsync(await File.ReadAllBytesAsync(folder[$"made/1/{path}"], aborted), aborted);
        else
            response.StatusCode = 404;
    });

    private string Note(long size, VerifierKey key, BodyKey signer) => new Journal.Checkpoint(made.Origin, size, new byte[MerkleHash.Length]).Sign(key, signer);
}
