using System.Text.RegularExpressions;
using Crm.Data;
using Crm.Data.CompiledModel;
using Crm.Tests.Docs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Data;

public sealed class CompiledModelTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-test-").FullName;

    [Fact]
    public async Task The_committed_model_is_the_one_that_the_mappings_make()
    {
        await using var services = CommandServices.For(new DataFolder(_folder));

        var made = Scaffold(services.GetRequiredService<CrmDb>());

        const string Advice = "Run: dotnet ef dbcontext optimize --project Crm -o Data/CompiledModel -n Crm.Data.CompiledModel";
        var committed = Path.Combine(Repository.Root, "Crm", "Data", "CompiledModel");
        Assert.True(Directory.EnumerateFiles(committed).Select(Path.GetFileName).ToHashSet().SetEquals(made.Select(Path.GetFileName)), Advice);
        Assert.All(made, file => Assert.True(Read(file) == Read(Path.Combine(committed, Path.GetFileName(file))), $"{Path.GetFileName(file)}: {Advice}"));
    }

    [Fact]
    public async Task The_program_uses_it_and_it_hides_what_is_deleted()
    {
        await using var services = CommandServices.For(new DataFolder(_folder));

        var model = services.GetRequiredService<CrmDb>().Model;

        Assert.Same(CrmDbModel.Instance, model);
        Assert.Equal(
            ["Checklist", "ChecklistItem", "Project", "ProjectTask", "Rating", "Webhook"],
            model.GetEntityTypes().Where(type => type.GetDeclaredQueryFilters().Count == 1).Select(type => type.ClrType.Name).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Without the number that each time is another.</summary>
    private static string Read(string file) => Regex.Replace(File.ReadAllText(file).ReplaceLineEndings(), @"new Guid\(""[^""]+""\)", "", RegexOptions.NonBacktracking);

    private IReadOnlyList<string> Scaffold(CrmDb db)
    {
        var design = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
#pragma warning disable EF1001 // What the tool registers for this database
        new Microsoft.EntityFrameworkCore.Sqlite.Design.Internal.SqliteDesignTimeServices().ConfigureDesignTimeServices(design);
#pragma warning restore EF1001
        using var services = design.BuildServiceProvider();
        var options = new CompiledModelCodeGenerationOptions
        {
            ContextType = typeof(CrmDb),
            ModelNamespace = typeof(CrmDbModel).Namespace!,
            Language = "C#",
            GeneratedFileNames = new HashSet<string>(),
        };
        return services.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(db.GetService<IDesignTimeModel>().Model, _folder, options);
    }
}
