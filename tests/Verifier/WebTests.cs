using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Verifier.Tests;

/// <summary>Journals at an address.</summary>
public sealed class WebTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly WebApplication served;

    public WebTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        served = builder.Build();
        served.Urls.Add("http://127.0.0.1:0");
        served.MapGet("/journals/{**path}", (string path) => path.StartsWith("broken", StringComparison.Ordinal) ? Results.StatusCode(503)
            : File.Exists(folder[path]) ? Results.Bytes(File.ReadAllBytes(folder[path])) : Results.NotFound());
    }

    public async ValueTask InitializeAsync() => await served.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        folder.Dispose();
    }

    private string Address => served.Urls.Single();

    [Fact]
    public async Task Journal_AtAnAddress_IsCheckedAndKept()
    {
        var root = MadeJournal.Of(600, "root");
        var council = new MadeJournal("council", "root");
        root.Registers(council);
        root.SaveTo(folder["root/1"]);
        council.SaveTo(folder["council/1"]);

        var run = await Run.VerifyAsync("journal", $"{Address}/journals/root/1/", $"{Address}/journals/council/1", "--key", $"{root.Key}", "--save", folder["kept"]);

        run.Holds();
        Assert.EndsWith("2 journals hold: 602 entries.", run.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(TempFolder.FilesOf(folder["root/1"]), TempFolder.FilesOf(folder["kept/root/1"]));
        (await Run.VerifyAsync("journal", folder["kept"], "--key", $"{root.Key}")).Holds();
    }

    [Fact]
    public async Task Journal_AtAnAddressWithAMissingFile_DoesNotHold()
    {
        MadeJournal.Of(600, "root").SaveTo(folder["root/1"]);
        File.Delete(folder["root/1/tile/0/001"]);

        (await Run.VerifyAsync("journal", $"{Address}/journals/root/1/")).Finds("root/1: tile/0/001 is missing.");
    }

    [Fact]
    public async Task Address_ThatDoesNotAnswerRight_CannotBeRead()
    {
        (await Run.VerifyAsync("journal", $"{Address}/journals/broken/1/")).CannotRead("it answers 503");
        (await Run.VerifyAsync("journal", "http://127.0.0.1:1/journals/nobody/1/")).CannotRead("cannot be read");
        (await Run.VerifyAsync("journal", $"{Address}/journals/nobody/1/")).CannotRead("journals/nobody/1/checkpoint cannot be read: it answers 404.");
    }
}
