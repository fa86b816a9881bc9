// The Java tools from their sources: needs a JDK and Maven, and a network the first time. Kept in a folder outside of the work folder, where
// the next run finds them.
process BUILD_TOOLS {
    label 'process_build'
    storeDir "${store}"

    input:
    val store                                 // string: folder that is named after the version of the sources
    path sources, stageAs: 'sources/*' // pom.xml, and the folders that it builds from

    output:
    path 'featurize.jar', emit: featurize
    path 'train.jar'    , emit: train
    path 'sample.jar'   , emit: sample
    path 'compare.jar'  , emit: compare
    path 'label.jar'    , emit: label

    script:
    """
    install() { echo "To build the Java tools, Cupel needs \$1. Type: apt-get install \$2, or what your system has in its place" >&2; exit 1; }
    command -v javac > /dev/null || install 'a JDK, 17 or newer' openjdk-17-jdk-headless
    command -v mvn > /dev/null || install Maven maven
    # Maven writes beside what it reads.
    cp -rL sources build
    if ! mvn -B -f build/pom.xml package -Dmaven.test.skip=true > build.log 2>&1; then
        { grep -E '^\\[(ERROR|FATAL)' build.log || tail -n 5 build.log; } | head -n 5 | cut -c 1-300 >&2
        echo "The Java tools could not be built. Maven needs a network, or a repository that has what it looks for; all that it said is in \$PWD/build.log. Or build them elsewhere and give the folder of the jars: --jars FOLDER" >&2
        exit 1
    fi
    mv build/target/{featurize,train,sample,compare,label}.jar .
    """

    stub:
    """
    touch featurize.jar train.jar sample.jar compare.jar label.jar
    """
}
