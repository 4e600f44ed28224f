using FundingFlows.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FundingFlows.Verifier.Tests;

/// <summary>Journals at an address.</summary>
public sealed class WebTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly WebApplication served;

    public WebTests()
    {
        var builder = TestServer.Speaking(HttpProtocols.Http1);
        served = builder.Build();
        served.MapGet("/journals/{**path}", (string path) => path.StartsWith("broken", StringComparison.Ordinal) ? Results.StatusCode(503)
            : File.Exists(folder[path]) ? Results.Bytes(File.ReadAllBytes(folder[path])) : Results.NotFound());
    }

    public async ValueTask InitializeAsync() => await served.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        folder.Dispose();
    }

    private string Address => served.Addresses()[0];

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

    /// <summary>Told at two addresses, and compared: it may have grown between the two, and may say nothing else.</summary>
    [Fact]
    public async Task Journal_AtTwoPlaces_IsCompared()
    {
        var made = MadeJournal.Of(300, "root");
        made.SaveTo(folder["root/1"]);
        made.Registers(new Registered("one", new byte[32]));
        made.SaveTo(folder["later/root/1"]);
        string[] places = [$"{Address}/journals/root/1/", folder["later/root/1"]];

        var run = await Run.VerifyAsync(["journal", .. places, "--save", folder["kept"]]);
        run.Holds();
        Assert.Contains($"{Address}/journals/root/1/: holds. 300 entries", run.Output, StringComparison.Ordinal);
        Assert.Contains($"{folder["later/root/1"]}: holds. 301 entries", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 journals hold: 601 entries.", (await Run.VerifyAsync("journal", folder["kept"])).Output.TrimEnd(), StringComparison.Ordinal);

        made.Entries.RemoveAt(300);
        made.Entries.RemoveAt(299);
        made.Registers(new Registered("another", new byte[32]));
        made.SaveTo(folder["root/1"]);
        run = await Run.VerifyAsync(["journal", .. places]);
        run.Finds($"{folder["later/root/1"]}: It is another history of test-federation/root/1 than {Address}/journals/root/1/: the first 300 entries have two roots, both signed.");
        run.Finds($"{Address}/journals/root/1/: It is another history of test-federation/root/1 than {folder["later/root/1"]}");
        (await Run.VerifyAsync("journal", places[0], places[0])).CannotRead("is given twice");
    }

    /// <summary>One that stands at the top of an address is called by its host.</summary>
    [Fact]
    public async Task Journal_AtTheTopOfAnAddress_HasAName()
    {
        MadeJournal.Of(3).SaveTo(folder["made"]);
        await using var server = await HostileServer.StartAsync((path, response, aborted) => response.SendFileAsync(folder[$"made/{path}"], aborted));

        var run = await Run.VerifyAsync("journal", server.Address);

        run.Holds();
        Assert.Contains($"{new Uri(server.Address).Authority.Replace(':', '_')}: holds. 3 entries", run.Output, StringComparison.Ordinal);
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
